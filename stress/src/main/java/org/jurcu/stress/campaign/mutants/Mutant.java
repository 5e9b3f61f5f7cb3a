package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.model.CampaignException;

/**
 * A line of the library that is made wrong on purpose.
 *
 * @param id its name
 * @param file the source, from the project's root
 * @param under a line that stands once in the file, behind which {@code line} is looked for; empty if it stands once itself
 * @param line the line without its indentation and its comment
 * @param with what takes its place; empty if nothing does
 * @param why what goes wrong
 * @param detector what must notice
 * @param hangKills whether a detector that does not end has noticed it
 */
record Mutant(
        String id,
        String file,
        String under,
        String line,
        String with,
        String why,
        Detector detector,
        boolean hangKills) {
    private static final String TRAILING_COMMENT = "\\s+//.*$";

    /** Returns the number of the line that is changed, from 1 on. */
    int lineNumber(Path root) throws IOException, CampaignException {
        return place(lines(root)) + 1;
    }

    /** Returns the source with the change. */
    String mutated(Path root) throws IOException, CampaignException {
        List<String> lines = new ArrayList<>(lines(root));
        int place = place(lines);
        String old = lines.get(place);
        lines.set(place, old.substring(0, old.length() - old.stripLeading().length()) + with);
        return String.join("\n", lines) + "\n";
    }

    /** Returns the full name of the file's class. */
    String className() {
        return file.replaceFirst(".*/src/main/java/", "").replace(".java", "").replace('/', '.');
    }

    private List<String> lines(Path root) throws IOException, CampaignException {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (NoSuchFileException e) {
            throw rotten("its file " + file + " is gone");
        }
    }

    private int place(List<String> lines) throws CampaignException {
        int from = under.isEmpty() ? 0 : only(lines, under, 0) + 1;
        return under.isEmpty() ? only(lines, line, from) : next(lines, from);
    }

    private int only(List<String> lines, String wanted, int from) throws CampaignException {
        int found = -1;
        for (int i = from; i < lines.size(); i++) {
            if (bare(lines.get(i)).equals(wanted)) {
                if (found >= 0) {
                    throw rotten("'" + wanted + "' stands in " + file + " more than once");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw rotten("'" + wanted + "' is not in " + file);
        }
        return found;
    }

    private int next(List<String> lines, int from) throws CampaignException {
        for (int i = from; i < lines.size(); i++) {
            if (bare(lines.get(i)).equals(line)) {
                return i;
            }
        }
        throw rotten("'" + line + "' is not in " + file + " behind '" + under + "'");
    }

    private static String bare(String line) {
        return line.strip().replaceFirst(TRAILING_COMMENT, "");
    }

    private CampaignException rotten(String what) {
        return new CampaignException("mutant " + id + " has rotted: " + what + "; mend it in stress/mutants");
    }
}
