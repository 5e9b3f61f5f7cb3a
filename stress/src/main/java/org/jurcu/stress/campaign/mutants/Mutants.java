package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.terminal.Progress;

/** A selection of the project's mutants. */
public final class Mutants {
    /** How long a detector may take unless the user says otherwise. */
    public static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path root;
    private final List<Mutant> chosen;

    private Mutants(Path root, List<Mutant> chosen) {
        this.root = root;
        this.chosen = chosen;
    }

    /**
     * Returns the mutants in whose id, file or detector {@code regex} is found, all if it is null.
     *
     * @throws CampaignException if the table is faulty, or there is none of them
     */
    public static Mutants matching(Path root, String regex) throws IOException, CampaignException {
        List<Mutant> all = MutantFiles.read(root);
        if (regex == null) {
            return new Mutants(root, all);
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new CampaignException("'" + regex + "' is no regular expression: " + e.getDescription());
        }
        List<Mutant> found = all.stream()
                .filter(mutant -> pattern.matcher(mutant.id() + " " + mutant.file() + " "
                                + mutant.detector().label())
                        .find())
                .toList();
        if (found.isEmpty()) {
            throw new CampaignException(
                    "no mutant matches '" + regex + "'; ./campaign mutants --list shows all " + all.size());
        }
        return new Mutants(root, found);
    }

    /** Returns {@code size} of these; see {@link Sample}. */
    public Mutants sample(int size, long seed) {
        return new Mutants(
                root, Sample.of(chosen, size, seed, mutant -> mutant.detector().isExclusive()));
    }

    /** Returns a line for each: its id, its detector, and where it is. */
    public List<String> lines() {
        return chosen.stream()
                .map(mutant -> mutant.id() + "\t" + mutant.detector().label() + "\t" + mutant.file() + "\t"
                        + mutant.line() + "\t->\t" + mutant.with())
                .toList();
    }

    /**
     * Builds and runs them.
     *
     * @throws CampaignException if one has rotted, or its detector is not there
     */
    public Section<MutantResult> run(Path java, Path jar, Path directory, Duration limit, Progress progress)
            throws IOException, InterruptedException, CampaignException {
        return new MutantRun(new Site(root, java, jar), directory, limit, progress).run(chosen);
    }
}
