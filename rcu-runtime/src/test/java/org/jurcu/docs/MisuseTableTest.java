package org.jurcu.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of docs/misuse.md names tests that exist, and every sentence of {@code Misuse} has a row. */
class MisuseTableTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path TESTS = MODULE.resolve("src/test/java");
    private static final Pattern TEST_NAME = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

    private static String page() throws IOException {
        return Files.readString(MODULE.resolveSibling("docs/misuse.md"));
    }

    /** The cells of each row. */
    private static List<List<String>> rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| you |"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static Map<String, String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .map(file -> TESTS.relativize(file).toString().replace(".java", ""))
                    .map(name -> name.replace('\\', '/').replace('/', '.'))
                    .collect(Collectors.toMap(name -> name.substring(name.lastIndexOf('.') + 1), name -> name));
        }
    }

    /** What is wrong with a page. */
    private static List<String> faults(String page) throws IOException, ClassNotFoundException {
        Map<String, String> classes = testClasses();
        List<String> faults = new ArrayList<>();
        for (List<String> row : rows(page)) {
            if (row.size() != 5) {
                faults.add(row + " has " + row.size() + " cells");
                continue;
            }
            for (String cell : row.subList(3, 5)) {
                int named = 0;
                for (Matcher name = TEST_NAME.matcher(cell); name.find(); named++) {
                    if (!isTest(classes.get(name.group(1)), name.group(2))) {
                        faults.add(name.group() + " is no test");
                    }
                }
                if (named == 0) {
                    faults.add("\"" + row.get(0) + "\" lacks a test");
                }
            }
        }
        return faults;
    }

    private static boolean isTest(String type, String method) throws ClassNotFoundException {
        return type != null
                && Arrays.stream(Class.forName(type).getDeclaredMethods())
                        .filter(m -> m.getName().equals(method))
                        .anyMatch(m ->
                                m.isAnnotationPresent(Test.class) || m.isAnnotationPresent(ParameterizedTest.class));
    }

    @Test
    void everyRowNamesTestsThatExist() throws Exception {
        assertTrue(rows(page()).size() > 30, "the tables were not found");
        assertEquals(List.of(), faults(page()));
    }

    @ParameterizedTest
    @CsvSource({"org.jurcu.rcu.Misuse, 12", "org.jurcu.rcu.list.Misuse, 7"})
    void everySentenceHasARow(String type, int atLeast) throws Exception {
        String page = page();
        List<String> sentences = Arrays.stream(Class.forName(type).getDeclaredMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) && !m.isSynthetic())
                .filter(m -> Exception.class.isAssignableFrom(m.getReturnType()))
                .map(Method::getName)
                .toList();
        assertTrue(sentences.size() >= atLeast, "the sentences were not found: " + sentences);
        assertEquals(
                List.of(),
                sentences.stream()
                        .filter(name ->
                                rows(page).stream().noneMatch(row -> row.get(1).contains("`" + name + "`")))
                        .toList());
    }

    @Test
    void faultsAreFound() throws Exception {
        String good = "`MisuseTableTest.faultsAreFound`";
        assertEquals(List.of(), faults("| a | b | c | " + good + " | " + good + " |"));
        assertEquals(List.of("\"a\" lacks a test"), faults("| a | b | c | " + good + " | – |"));
        assertEquals(
                List.of("`MisuseTableTest.rows` is no test", "`NoTest.such` is no test"),
                faults("| a | b | c | `MisuseTableTest.rows` | `NoTest.such` |"));
        assertEquals(1, faults("| a | b | c | " + good + " |").size());
    }
}
