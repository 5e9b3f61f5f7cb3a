package org.jurcu.stress.campaign.spin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.ModelResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.terminal.Progress;

/** A selection of the project's models and their twins. */
public final class SpinModels {
    /** How long one search may take unless the user says otherwise. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<SpinRun.Variant> chosen;

    private SpinModels(List<SpinRun.Variant> chosen) {
        this.chosen = chosen;
    }

    /**
     * Returns the models and twins in whose name {@code regex} is found, all if it is null.
     *
     * @throws CampaignException if a model is faulty, or there is none
     */
    public static SpinModels matching(Path root, String regex) throws IOException, CampaignException {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex == null ? "" : regex);
        } catch (PatternSyntaxException e) {
            throw new CampaignException("'" + regex + "' is no regular expression: " + e.getDescription());
        }
        List<SpinRun.Variant> all = new ArrayList<>();
        for (SpinModel model : SpinModel.read(root)) {
            all.add(new SpinRun.Variant(model, ""));
            model.twins().keySet().forEach(twin -> all.add(new SpinRun.Variant(model, twin)));
        }
        List<SpinRun.Variant> found = all.stream()
                .filter(variant -> pattern.matcher(variant.name()).find())
                .toList();
        if (found.isEmpty()) {
            throw new CampaignException(
                    "no model matches '" + regex + "'; ./campaign models --list shows all " + all.size());
        }
        return new SpinModels(found);
    }

    /** Returns a line for each. */
    public List<String> lines() {
        return chosen.stream()
                .map(variant -> variant.name() + ": " + variant.what())
                .toList();
    }

    /**
     * Explores them.
     *
     * @throws CampaignException if spin or gcc is missing
     */
    public Section<ModelResult> run(Path directory, Duration limit, Progress progress)
            throws IOException, InterruptedException, CampaignException {
        return new SpinRun(SpinRun.Tools.ON_PATH, directory, limit, progress).run(chosen);
    }
}
