package org.jurcu.stress.campaign.mutants;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What stands behind the first word of a label that wants one regular expression. */
final class LabelRegex {
    private LabelRegex() {}

    /**
     * Returns it.
     *
     * @throws IllegalArgumentException if it is not one, or none
     */
    static String of(String kind, List<String> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("'" + kind + "' wants one regular expression");
        }
        try {
            Pattern.compile(words.get(0));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + words.get(0) + "' is no regular expression", e);
        }
        return words.get(0);
    }
}
