package org.jurcu.stress.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.process.ChildProcess;

/**
 * A chart as a headless Chromium shows it.
 *
 * @param id of the drawing
 * @param marks bars, dots and pieces of lines in the colour of a figure that can be seen: of some size, inside the drawing
 * @param strays marks and labels that are not inside it
 * @param labels all texts
 * @param covered labels that another one covers
 */
record LookedAt(String id, int marks, List<String> strays, List<String> labels, List<String> covered) {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final String BEFORE = "<pre id=\"looked-at\">";
    private static final String AFTER = "</pre>";

    /** Returns all charts of a page. Skips the test where there is no browser. */
    static List<LookedAt> in(String page) throws IOException, InterruptedException {
        File chromium = find("chromium", "google-chrome");
        assumeTrue(chromium != null, "no browser: install Debian's chromium to look at the charts");
        // Not a directory that JUnit deletes: a helper of the browser may write for a moment longer than the browser
        // lives.
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "browser")), "page");
        Path file = directory.resolve("page.html").toAbsolutePath();
        Files.writeString(
                file, page.replace("</body>", "<script>" + resource("look-at-charts.js") + "</script></body>"));
        List<String> lines = new ArrayList<>();
        ChildProcess.End end = ChildProcess.run(
                List.of(
                        chromium.getPath(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1200,900",
                        "--user-data-dir=" + directory.toAbsolutePath().resolve("profile"),
                        "--dump-dom",
                        file.toUri().toString()),
                directory,
                directory.resolve("chromium.log"),
                LIMIT,
                lines::add);
        String dom = String.join("\n", lines);
        assertFalse(end.timedOut(), dom);
        int begin = dom.lastIndexOf(BEFORE);
        assertTrue(begin >= 0, dom);
        String json = dom.substring(begin + BEFORE.length(), dom.indexOf(AFTER, begin))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        return new ObjectMapper().readValue(json, new TypeReference<List<LookedAt>>() {});
    }

    private static File find(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> new File(directory, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LookedAt.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Asserts that so many marks can be seen, that each of these texts begins a label, and that nothing is lost. */
    void shows(int wanted, List<String> texts) {
        assertTrue(wanted > 0, id + " has nothing to show");
        assertEquals(wanted, marks, id + " shows too many marks or too few");
        for (String text : texts) {
            assertTrue(
                    labels.stream().anyMatch(l -> l.startsWith(text)), id + " has no label '" + text + "': " + labels);
        }
        assertEquals(List.of(), strays, id + " has something outside of it");
        assertEquals(List.of(), covered, id + " has labels that cover each other");
    }
}
