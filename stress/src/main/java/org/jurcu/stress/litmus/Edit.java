package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a twin's programs are made of the pattern's, in words such as {@code P0 without synchronize}. */
final class Edit {
    private static final Pattern ONE = Pattern.compile("P([0-2]) (without|split after|with) (.+)");
    private static final Pattern MOVE = Pattern.compile("(.+) before (.+)");
    private static final Pattern REPLACE = Pattern.compile("(.+) in place of (.+)");

    private Edit() {}

    /** Returns the programs after all {@code edits}, which commas separate. */
    static List<List<String>> apply(String edits, List<List<String>> processes) {
        List<List<String>> edited = new ArrayList<>();
        processes.forEach(lines -> edited.add(new ArrayList<>(lines)));
        for (String edit : edits.split(",", -1)) {
            Matcher one = ONE.matcher(edit.strip());
            if (!one.matches()) {
                throw new IllegalArgumentException("'" + edit.strip() + "' is no edit such as P0 without synchronize");
            }
            one(edited.get(Integer.parseInt(one.group(1))), one.group(2), one.group(3));
        }
        return edited;
    }

    private static void one(List<String> lines, String verb, String rest) {
        switch (verb) {
            case "without" -> lines.remove(indexOf(rest, lines));
            case "split after" -> lines.addAll(indexOf(rest, lines) + 1, List.of("unlock", "lock"));
            default -> with(lines, rest);
        }
    }

    private static void with(List<String> lines, String rest) {
        Matcher move = MOVE.matcher(rest);
        Matcher replace = REPLACE.matcher(rest);
        if (move.matches()) {
            String moved = lines.remove(indexOf(move.group(1), lines));
            lines.add(indexOf(move.group(2), lines), moved);
        } else if (replace.matches()) {
            lines.set(indexOf(replace.group(2), lines), replace.group(1));
        } else {
            throw new IllegalArgumentException("'with " + rest + "' says neither before nor in place of what");
        }
    }

    private static int indexOf(String line, List<String> lines) {
        int index = lines.indexOf(line);
        if (index < 0) {
            throw new IllegalArgumentException("there is no line '" + line + "' in " + lines);
        }
        return index;
    }
}
