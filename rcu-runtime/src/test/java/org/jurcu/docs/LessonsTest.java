package org.jurcu.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each of the fifteen lessons of docs/lessons.md names something that answers it, and what it names exists. */
class LessonsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\|([^|]+)\\|$", Pattern.MULTILINE);
    /** A test class or a jcstress file, and a method or a nested test of it; or the page of a proof. */
    private static final Pattern ANSWER = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`|\\]\\(([a-z-]+\\.md)\\)");

    private final Map<String, Path> sources = sources();

    private static Map<String, Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*[/\\\\]src[/\\\\].*\\.java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (a, b) -> a));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is wrong with one row's answers. */
    private List<String> faults(String answers) {
        List<MatchResult> named = ANSWER.matcher(answers).results().toList();
        return named.isEmpty()
                ? List.of("nothing is named: " + answers.strip())
                : named.stream().flatMap(answer -> fault(answer).stream()).toList();
    }

    private Optional<String> fault(MatchResult answer) {
        boolean exists = answer.group(3) != null
                ? Files.exists(ROOT.resolve("docs").resolve(answer.group(3)))
                : isThere(answer.group(1), answer.group(2));
        return exists ? Optional.empty() : Optional.of(answer.group() + " does not exist");
    }

    private boolean isThere(String type, String member) {
        Path source = sources.get(type);
        if (source == null || member == null) {
            return source != null;
        }
        try {
            return Pattern.compile("(void|class) " + member + "\\b")
                    .matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachLessonIsAnsweredByWhatExists() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(ROOT.resolve("docs/lessons.md")))
                .results()
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, 15).mapToObj(Integer::toString).toList(),
                rows.stream().map(row -> row.group(1)).toList());
        assertEquals(
                List.of(),
                rows.stream().flatMap(row -> faults(row.group(2)).stream()).toList());
    }

    @Test
    void faultsAreFound() {
        assertEquals(List.of(), faults("`LessonsTest.faultsAreFound`, [lessons.md](lessons.md)"));
        assertEquals(List.of("nothing is named: a promise"), faults(" a promise "));
        assertEquals(
                List.of(
                        "`LessonsTest.noSuch` does not exist",
                        "`NoSuchTest` does not exist",
                        "](no-such.md) does not exist"),
                faults("`LessonsTest.noSuch`, `NoSuchTest`, [x](no-such.md)"));
    }
}
