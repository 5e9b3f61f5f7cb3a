package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/synchronization.md §3: each field of the task model that changes has its row, and no row is of a field that is gone. */
class TaskSynchronizationTableTest {
    private static final List<Class<?>> MODEL = List.of(
            TaskStruct.class,
            TaskFields.class,
            ListHead.class,
            SignalStruct.class,
            SighandStruct.class,
            Pid.class,
            Upid.class,
            PidNamespace.class,
            PidMap.class,
            Runqueue.class,
            TaskSlab.class);

    /** Counts: final references to what changes itself. */
    private static final Set<String> COUNTS = Set.of("usage", "rcuUsers");

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static Map<String, Set<String>> rows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "synchronization.md"));
        int begin = page.indexOf("\n## 3. ");
        Map<String, Set<String>> rows = new TreeMap<>();
        String type = null;
        for (String line :
                page.substring(begin, page.indexOf("\n## 4. ")).lines().toList()) {
            if (line.startsWith("### ")) {
                type = NAME.matcher(line).results().findFirst().orElseThrow().group(1);
                rows.put(type, new TreeSet<>());
            } else if (line.startsWith("| `")) {
                String[] cells = line.substring(1).split("\\|", -1);
                assertEquals(5, cells.length, () -> "read, written and guard are not all there: " + line);
                rows.get(type)
                        .addAll(NAME.matcher(cells[0])
                                .results()
                                .map(m -> m.group(1))
                                .collect(Collectors.toSet()));
            }
        }
        return rows;
    }

    @Test
    void everyFieldThatChangesHasItsRow() throws IOException {
        Map<String, Set<String>> fields = new TreeMap<>();
        for (Class<?> type : MODEL) {
            fields.put(
                    type.getSimpleName(),
                    Arrays.stream(type.getDeclaredFields())
                            .filter(f -> !f.isSynthetic() && !Modifier.isStatic(f.getModifiers()))
                            .filter(f -> !Modifier.isFinal(f.getModifiers()) || COUNTS.contains(f.getName()))
                            .map(java.lang.reflect.Field::getName)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertTrue(fields.get("TaskFields").contains("exiting"), "the fields were not found: " + fields);
        assertEquals(fields, rows());
    }
}
