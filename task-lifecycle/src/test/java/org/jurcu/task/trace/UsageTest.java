package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the javadoc are programs: they are taken from there, compiled and run. */
class UsageTest {
    private static final Pattern PROGRAM =
            Pattern.compile("\\{@code\\R((?: \\* import .*\\R|.*\\R)*? \\* })\\R \\* }</pre>");

    @TempDir
    Path dir;

    @Test
    void ofTheReader() throws IOException, InterruptedException, URISyntaxException {
        List<String> out = run(
                "TraceReader",
                "Lifetimes",
                Path.of("/dev/null"),
                Recordings.file("zombies").toString());
        assertEquals(
                14, out.stream().filter(line -> line.matches("\\d+ made \\d+")).count());
        assertEquals(
                2,
                out.stream()
                        .filter(line -> line.matches("\\d+ is freed, at \\d+ ns"))
                        .count());
        assertTrue(out.get(out.size() - 1).matches("\\d+ events, not known: \\{}"), out::toString);
        assertEquals(17, out.size());
    }

    @Test
    void ofThePackage() throws IOException, InterruptedException, URISyntaxException {
        List<String> out = run("package-info", "Zombies", Recordings.file("zombies"));
        assertEquals(1, out.size());
        assertTrue(out.get(0).matches("never freed: \\[(\\d+, ){9}\\d+]"), out::toString);
    }

    private List<String> run(String source, String program, Path input, String... arguments)
            throws IOException, InterruptedException, URISyntaxException {
        String text = Files.readString(Path.of("src/main/java/org/jurcu/task/trace", source + ".java"));
        Matcher m = PROGRAM.matcher(text);
        assertTrue(m.find(), "the javadoc of " + source + " holds no program");
        Path file = Files.writeString(dir.resolve(program + ".java"), m.group(1).replaceAll("(?m)^ \\* ?", ""));
        Path classes = Path.of(TraceReader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                file.toString()));
        command.addAll(List.of(arguments));
        Path out = dir.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            assertTrue(process.waitFor(50, TimeUnit.SECONDS), "the program hangs");
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
        return lines;
    }
}
