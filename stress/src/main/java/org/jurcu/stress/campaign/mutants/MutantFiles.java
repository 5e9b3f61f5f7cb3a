package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.model.CampaignException;

/**
 * Reads {@code stress/mutants/*.txt}: paragraphs, of lines with a key and the rest.
 *
 * <pre>
 *  id    its name
 *  file  the source, from the project's root
 *  under a line that stands once, behind which the line is looked for; may be left out
 *  line  the line to replace, without its comment
 *  with  what takes its place; nothing, if it is empty
 *  why   what goes wrong
 *  kill  the detector that must notice, see {@link Detector#of}
 *  hang  kills: a detector that does not end has noticed it; may be left out
 * </pre>
 */
final class MutantFiles {
    private static final Set<String> KEYS = Set.of("id", "file", "under", "line", "with", "why", "kill", "hang");
    private static final List<String> NEEDED = List.of("id", "file", "line", "with", "why", "kill");

    private MutantFiles() {}

    /** Returns all mutants of the project, in the order of the files and of the paragraphs. */
    static List<Mutant> read(Path root) throws IOException, CampaignException {
        Path directory = root.resolve("stress/mutants");
        if (!Files.isDirectory(directory)) {
            throw new CampaignException(
                    "there is no " + directory + "; ./campaign mutants needs a checkout of the source");
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        List<Mutant> mutants = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Path file : files) {
            for (Mutant mutant : parse(file.getFileName().toString(), Files.readString(file))) {
                if (!ids.add(mutant.id())) {
                    throw new CampaignException("two mutants are called " + mutant.id() + "; rename one");
                }
                mutants.add(mutant);
            }
        }
        return mutants;
    }

    /** Returns the mutants of a text. */
    static List<Mutant> parse(String name, String text) throws CampaignException {
        List<Mutant> mutants = new ArrayList<>();
        Map<String, String> paragraph = new HashMap<>();
        int number = 0;
        for (String raw : (text + "\n\n").split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty()) {
                if (!paragraph.isEmpty()) {
                    mutants.add(mutant(name + " above line " + number, paragraph));
                    paragraph.clear();
                }
            } else if (!line.startsWith("#")) {
                String key = line.split("\\s", 2)[0];
                String place = name + " line " + number;
                if (!KEYS.contains(key)) {
                    throw new CampaignException(place + ": '" + key + "' is no key; see MutantFiles");
                }
                if (paragraph.put(key, line.substring(key.length()).strip()) != null) {
                    throw new CampaignException(place + ": a second '" + key + "'; an empty line ends a mutant");
                }
            }
        }
        return mutants;
    }

    private static Mutant mutant(String place, Map<String, String> of) throws CampaignException {
        for (String key : NEEDED) {
            if (!of.containsKey(key)) {
                throw new CampaignException(place + ": the mutant has no '" + key + "'");
            }
        }
        String hang = of.getOrDefault("hang", "");
        if (!hang.isEmpty() && !hang.equals("kills")) {
            throw new CampaignException(place + ": 'hang' is 'kills' or left out, not '" + hang + "'");
        }
        Detector detector;
        try {
            detector = Detector.of(of.get("kill"));
        } catch (IllegalArgumentException e) {
            throw new CampaignException(place + ": " + e.getMessage());
        }
        return new Mutant(
                of.get("id"),
                of.get("file"),
                of.getOrDefault("under", ""),
                of.get("line"),
                of.get("with"),
                of.get("why"),
                detector,
                !hang.isEmpty());
    }
}
