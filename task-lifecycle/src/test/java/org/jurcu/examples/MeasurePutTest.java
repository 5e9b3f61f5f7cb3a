package org.jurcu.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.jurcu.task.TaskLayout;

/** The example measures what it says that it measures; no time is asserted. */
class MeasurePutTest {
    private static final Pattern LINE =
            Pattern.compile("(\\w+) +put +([\\d.]+) ns, floor +([\\d.]+) ns: ([\\d.]+) x; (.*)");

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void eachLayoutsPutsAreCountedAndNothingIsReported() throws IOException, InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            MeasurePut.main(new String[] {"20"});
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        TaskLayout[] layouts = TaskLayout.values();
        assertEquals(layouts.length, lines.size(), lines::toString);
        for (int i = 0; i < layouts.length; i++) {
            Matcher line = LINE.matcher(lines.get(i));
            assertTrue(line.matches(), lines.get(i));
            assertEquals(layouts[i].name(), line.group(1));
            for (int figure = 2; figure <= 4; figure++) {
                assertTrue(Double.parseDouble(line.group(figure)) > 0, lines.get(i));
            }
            assertEquals("200000 puts, users 2 -> 2, 0 reports", line.group(5));
        }
    }
}
