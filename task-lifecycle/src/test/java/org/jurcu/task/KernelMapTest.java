package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/kernel-map.md names methods that exist. */
class KernelMapTest {
    private static final Pattern ROW = Pattern.compile("^\\| `.*\\| `(\\w+)\\.(\\w+)`.*\\|$");

    @Test
    void everyMethodOfTheMapExists() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "kernel-map.md"));
        int rows = 0;
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows++;
                assertExists(row.group(1), row.group(2));
            } else if (line.startsWith("| `")) {
                fail("this row of the map names no method: " + line);
            }
        }
        assertTrue(rows > 40, "the map has " + rows + " rows");
    }

    private static void assertExists(String type, String method) {
        try {
            Method[] methods = Class.forName("org.jurcu.task." + type).getDeclaredMethods();
            assertTrue(
                    Arrays.stream(methods).anyMatch(m -> m.getName().equals(method)),
                    () -> "the map names " + type + "." + method + ", which is not there");
        } catch (ClassNotFoundException e) {
            fail("the map names the class " + type + ", which is not there");
        }
    }
}
