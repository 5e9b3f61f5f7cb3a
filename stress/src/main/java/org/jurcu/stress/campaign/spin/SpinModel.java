package org.jurcu.stress.campaign.spin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.model.CampaignException;

/**
 * A model, and what its first comment says of its twins: {@code twin NAME: what is left out}. A twin is the model with that
 * name defined.
 *
 * @param file in Promela
 * @param twins what each leaves out, by name
 */
record SpinModel(Path file, Map<String, String> twins) {
    private static final Pattern TWIN = Pattern.compile("^ \\* twin (\\w+): (.+)$");

    /** Returns those of the project. */
    static List<SpinModel> read(Path root) throws IOException, CampaignException {
        Path directory = root.resolve("stress/models");
        if (!Files.isDirectory(directory)) {
            throw new CampaignException(
                    "there is no " + directory + "; ./campaign models needs a checkout of the source");
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".pml"))
                    .sorted()
                    .toList();
        }
        List<SpinModel> models = new ArrayList<>();
        for (Path file : files) {
            models.add(of(file));
        }
        return models;
    }

    static SpinModel of(Path file) throws IOException, CampaignException {
        String text = Files.readString(file);
        Map<String, String> twins = new LinkedHashMap<>();
        for (String line :
                text.substring(0, Math.max(0, text.indexOf("*/"))).lines().toList()) {
            Matcher twin = TWIN.matcher(line);
            if (twin.matches()) {
                twins.put(twin.group(1), twin.group(2));
            }
        }
        for (String twin : twins.keySet()) {
            if (!Pattern.compile("#if(n?)def " + twin + "\\b").matcher(text).find()) {
                throw new CampaignException(file + " names a twin " + twin + " and does nothing about it");
            }
        }
        return new SpinModel(file, twins);
    }

    String name() {
        return file.getFileName().toString().replace(".pml", "");
    }
}
