package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.soak.AllocationMeter;
import org.jurcu.stress.campaign.soak.SoakTable;
import org.jurcu.task.load.SoakReport;

class SoakCommandTest {
    @TempDir
    Path dir;

    @Test
    void aShortSoakPassesAndSaysWhatItDid() {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("soak", "--count", 2000, "--readers", 1, "--plain"), desk.err());
        assertTrue(desk.out().startsWith("verdict pass\nlayout tagged\ncpus 2\nreaders 1\n"), desk.out());
        String born = line(desk, "born ");
        assertEquals("freed " + born, "freed " + line(desk, "freed "));
        assertTrue(Long.parseLong(born) >= 2000, born);
    }

    private static String line(Desk desk, String name) {
        return desk.out()
                .lines()
                .filter(l -> l.startsWith(name))
                .findFirst()
                .orElseThrow()
                .substring(name.length());
    }

    @Test
    void theResultIsWrittenAsJson() throws IOException {
        Path file = dir.resolve("soak.json");
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("soak", "--count", 500, "--cpus", 1, "--layout", "union", "--json", file), desk.err());
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertEquals("union", json.get("layout").asText());
        assertEquals(json.get("forks").asLong(), json.get("frees").asLong());
        Desk other = new Desk(dir);
        assertEquals(0, other.run("soak", "--count", 500, "--json", "-"), other.err());
        assertEquals(
                "tagged", new ObjectMapper().readTree(other.out()).get("layout").asText());
    }

    @Test
    void aTimeEndsItToo() {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("soak", "--time", "1s", "--count", Long.MAX_VALUE, "--cpus", 1), desk.err());
        assertTrue(desk.out().contains("verdict"), desk.out());
    }

    @Test
    void faultsAreShown() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SoakReport bad = new SoakReport(
                "tagged", 2, 2, 1, 10, 9, 1, 2, 3, 0, 5, 5, 128, 7, 1, 1.0, 10, List.of("freed with users: task 7"));
        assertFalse(bad.passed());
        SoakTable.print(bad, Double.NaN, true, new PrintStream(out, true, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("verdict violation\n"), text);
        assertTrue(text.contains("\nbytes-per-lifetime -\n"), text);
        assertTrue(text.endsWith("fault freed with users: task 7\n"), text);
    }

    /** The meter must see what a lifetime allocates, or its zero says nothing. */
    @Test
    void theMeterSeesAllocation() {
        AllocationMeter meter = new AllocationMeter();
        byte[][] kept = new byte[4][];
        for (int i = 0; i < 4; i++) {
            kept[i] = new byte[1_000_000];
            meter.sample(1000L * (i + 1));
        }
        double bytes = meter.bytesPerLifetime();
        assertTrue(bytes >= 1000 && bytes < 2000, bytes + " bytes, kept " + kept.length);
    }
}
