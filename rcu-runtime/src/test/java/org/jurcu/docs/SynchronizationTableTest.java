package org.jurcu.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.Rcu;

/** Every field of rcu-runtime that changes has its row in docs/synchronization.md, and no row is of a field that is gone. */
class SynchronizationTableTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Pattern ROW_FIELD = Pattern.compile("`([A-Z]\\w+(?:\\.[A-Z]\\w+)*\\.[a-z]\\w*)`");
    private static final Pattern PADDING = Pattern.compile("[az]\\d{3}");

    private static Set<String> fieldsThatChange() throws Exception {
        Path classes = Path.of(
                Rcu.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertTrue(Files.isDirectory(classes), classes + " is no folder of classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> load(name.replace(".class", "").replaceAll("[/\\\\]", ".")))
                    .filter(type -> !isEventOrBuilder(type))
                    .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                    .filter(field -> !Modifier.isFinal(field.getModifiers()) && !field.isSynthetic())
                    .filter(field -> !PADDING.matcher(field.getName()).matches())
                    .map(SynchronizationTableTest::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Rcu.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** An event belongs to the thread that commits it, and a builder's options to whoever builds. */
    private static boolean isEventOrBuilder(Class<?> type) {
        return jdk.jfr.Event.class.isAssignableFrom(type)
                || type.getSimpleName().endsWith("Options");
    }

    private static String name(Field field) {
        String type = field.getDeclaringClass().getName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + field.getName();
    }

    private static Set<String> rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .flatMap(cells -> ROW_FIELD.matcher(cells[1]).results())
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyFieldThatChangesHasItsRow() throws Exception {
        Set<String> fields = fieldsThatChange();
        assertTrue(fields.contains("ReaderWord.announced"), "the fields were not found: " + fields);
        assertEquals(fields, rows(Files.readString(MODULE.resolveSibling("docs/synchronization.md"))));
    }

    @Test
    void rowsHaveAModeForReadingOneForWritingAndAGuard() throws IOException {
        List<String> incomplete = Files.readString(MODULE.resolveSibling("docs/synchronization.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> ROW_FIELD.matcher(line.split("\\|", -1)[1]).find())
                .filter(line -> Arrays.stream(line.substring(1).split("\\|"))
                                .filter(cell -> !cell.isBlank())
                                .count()
                        != 4)
                .toList();
        assertEquals(List.of(), incomplete);
    }
}
