package org.jurcu.stress.litmus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.terminal.Progress;

/** The patterns that were asked for, in their flavours, with their twins. */
public final class LitmusSuite {
    private final List<Case> cases;

    private LitmusSuite(List<Case> cases) {
        this.cases = cases;
    }

    /** Returns all. */
    public static LitmusSuite all() {
        return selected(subject -> true);
    }

    /**
     * Returns those in whose {@code NAME/FLAVOUR} the expression is found, and their twins; all if it is null.
     *
     * @throws CampaignException if it is no regular expression or finds none
     */
    public static LitmusSuite matching(String regex) throws CampaignException {
        if (regex == null) {
            return all();
        }
        LitmusSuite found;
        try {
            found = selected(java.util.regex.Pattern.compile(regex).asPredicate());
        } catch (PatternSyntaxException e) {
            throw new CampaignException("'" + regex + "' is no regular expression: " + e.getDescription());
        }
        if (found.cases.isEmpty()) {
            throw new CampaignException(
                    "no litmus pattern matches '" + regex + "'; ./campaign litmus --list shows all names");
        }
        return found;
    }

    /** Returns those that {@code wanted} holds for, by the name of pattern and flavour; twins come with what they weaken. */
    public static LitmusSuite selected(Predicate<String> wanted) {
        return new LitmusSuite(Patterns.ALL.stream()
                .flatMap(pattern -> pattern.cases().stream())
                .filter(c -> wanted.test(c.subject()))
                .toList());
    }

    /** Returns the patterns alone: for whoever asks whether they see a fault, and not whether they could. */
    public LitmusSuite withoutTwins() {
        return new LitmusSuite(cases.stream().filter(c -> !c.isTwin()).toList());
    }

    /** Returns pattern and flavour of each, without twins. */
    public List<String> subjects() {
        return cases.stream().filter(c -> !c.isTwin()).map(Case::subject).toList();
    }

    /** Returns the names of all that is run. */
    public List<String> names() {
        return cases.stream().map(Case::name).toList();
    }

    /** Returns the patterns as they are written. */
    public List<String> texts() {
        return patterns().map(Pattern::text).toList();
    }

    private Stream<Pattern> patterns() {
        return cases.stream().map(Case::pattern).distinct();
    }

    /** Runs everything within about {@code time}; who gets which delays follows from {@code seed}, within what threads do. */
    public Section<LitmusResult> run(Duration time, long seed, Progress progress) throws InterruptedException {
        return new LitmusRun(new ArrayList<>(cases), time, seed, progress).run();
    }
}
