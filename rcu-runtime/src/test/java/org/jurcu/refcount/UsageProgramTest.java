package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jurcu.rcu.Rcu;

/** The programs in the javadoc compile without warnings, run, and print what is listed here. */
@Tag("any-fence")
class UsageProgramTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "jurcu", "refcount");
    private static final Pattern PROGRAM = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Refcount | last user gone",
                "LegacyRefcount | refcount_t: increment on 0; use-after-free./LegacyRefcount[0]"
                        + "/refcount_t: addition on 0; use-after-free./Refcount[3221225472]",
                "Rcuref | Rcuref[1]/Rcuref[dead]/Rcuref[1] again",
                "RefcountProfile | refcount_t: underflow; use-after-free./true false/7000c0000000"
                        + "/refcount_t: underflow; use-after-free./true false/700000000000",
                "RefcountWarning | leaked: refcount_t: decrement hit 0; leaking memory."
                        + "/used after free: refcount_t: addition on 0; use-after-free.",
                "RefcountWarningHandler | refcount_t: addition on 0; use-after-free. (was 0)",
                "RefcountWarnings | SUB_UAF at 0/1"
            })
    void runsAsWritten(String documented, String output) throws IOException, InterruptedException {
        String mainClass = compile(documented);
        assertEquals(List.of(output.split("/")), run(mainClass));
    }

    /** A runtime image need not have the module jdk.jfr. */
    @Test
    void reportsWithoutJfr() throws IOException, InterruptedException {
        assertEquals(List.of("SUB_UAF at 0", "1"), run(compile("RefcountWarnings"), "--limit-modules", "java.base"));
    }

    private String compile(String documented) throws IOException {
        String program = program(SOURCES.resolve(documented + ".java"));
        Matcher name = Pattern.compile("public class (\\w+)").matcher(program);
        assertTrue(name.find());
        Path source = directory.resolve(name.group(1) + ".java");
        Files.writeString(source, program);

        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        System.out,
                        System.err,
                        "-Xlint:all",
                        "-Werror",
                        "-proc:none",
                        "-cp",
                        classes(),
                        "-d",
                        directory.toString(),
                        source.toString());
        assertEquals(0, status, "javac");
        return name.group(1);
    }

    private static String program(Path file) throws IOException {
        Matcher m = PROGRAM.matcher(Files.readString(file));
        assertTrue(m.find(), () -> file + " shows no program");
        return m.group(1)
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> run(String mainClass, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(classes() + System.getProperty("path.separator") + directory);
        command.add(mainClass);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
            return lines;
        }
    }

    /** The library's classes and JCTools' two jars, wherever they come from. */
    private static String classes() {
        return Stream.of(Refcount.class, Rcu.class, MessagePassingQueue.class, MpscUnboundedVarHandleArrayQueue.class)
                .map(UsageProgramTest::place)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
