package org.jurcu.stress.campaign.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jurcu.stress.campaign.model.CampaignException;
import org.openjdk.jcstress.infra.runners.TestList;

/** The tests that there are: those that the annotation processor listed when the module was compiled. */
public final class StressTests {
    private StressTests() {}

    /**
     * Returns the names of the tests that {@code regex} finds, sorted; all if it is null.
     *
     * @throws CampaignException if it is no regular expression or finds none
     */
    public static List<String> matching(String regex) throws CampaignException {
        List<String> all = TestList.tests().stream().sorted().toList();
        if (regex == null) {
            return all;
        }
        List<String> found = all.stream().filter(compile(regex).asPredicate()).toList();
        if (found.isEmpty()) {
            throw new CampaignException("no stress test matches '" + regex + "'; ./campaign stress --list shows all "
                    + all.size() + " names");
        }
        return found;
    }

    /** Returns the tests of each class. */
    public static Map<String, List<String>> byClass(List<String> tests) {
        Map<String, List<String>> classes = new TreeMap<>();
        for (String test : tests) {
            classes.computeIfAbsent(test.substring(0, test.lastIndexOf('.')), outer -> new ArrayList<>())
                    .add(test);
        }
        return classes;
    }

    private static Pattern compile(String regex) throws CampaignException {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new CampaignException("'" + regex + "' is no regular expression: " + e.getDescription());
        }
    }
}
