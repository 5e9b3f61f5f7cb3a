package org.jurcu.stress.campaign.spin;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What spin's verifier prints.
 *
 * @param errors how many counterexamples it found; -1 if it did not say
 * @param states that it stored
 * @param depth of the longest execution
 * @param found the first broken claim; empty if there is none
 * @param cutShort whether it had to leave executions out
 */
record PanOutput(long errors, long states, long depth, String found, boolean cutShort) {
    private static final Pattern SUMMARY = Pattern.compile(".*depth reached (\\d+), errors: (\\d+).*");
    private static final Pattern STATES = Pattern.compile("\\s*([\\d.e+]+) states, stored.*");
    private static final Pattern FOUND = Pattern.compile("pan:1: (.*) \\(at depth \\d+\\)");
    private static final Pattern CUT =
            Pattern.compile("(?i).*(max search depth too small|out of memory|reached -DMEMLIM|hash-table overflow).*");

    static PanOutput of(List<String> lines) {
        long errors = -1;
        long states = 0;
        long depth = 0;
        String found = "";
        boolean cutShort = false;
        for (String line : lines) {
            Matcher summary = SUMMARY.matcher(line);
            Matcher stored = STATES.matcher(line);
            Matcher broken = FOUND.matcher(line);
            if (summary.matches()) {
                depth = Long.parseLong(summary.group(1));
                errors = Long.parseLong(summary.group(2));
            } else if (stored.matches()) {
                states = (long) Double.parseDouble(stored.group(1));
            } else if (broken.matches() && found.isEmpty()) {
                found = broken.group(1).replaceAll("\\s+", " ");
            }
            cutShort |= CUT.matcher(line).matches();
        }
        return new PanOutput(errors, states, depth, found, cutShort);
    }
}
