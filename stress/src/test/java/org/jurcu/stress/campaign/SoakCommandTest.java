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
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.soak.AllocationMeter;
import org.jurcu.stress.campaign.soak.SoakMoments;
import org.jurcu.stress.campaign.soak.SoakTable;
import org.jurcu.task.load.SoakProgress;
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

    private static SoakProgress progress(double seconds, long frees) {
        return new SoakProgress(seconds, frees + 7, frees, 128, 1 << 20, 5);
    }

    @Test
    void faultsAreShown() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SoakReport bad = new SoakReport(
                "tagged", 2, 2, 1, 10, 9, 1, 2, 3, 0, 5, 5, 128, 7, 1, 1.0, 10, List.of("freed with users: task 7"));
        assertFalse(bad.passed());
        List<SoakProgress> moments =
                List.of(progress(1, 10), progress(2, 1_000), progress(4, 41_000)); // 20,000 a second in the second half
        SoakTable.print(bad, Double.NaN, moments, true, new PrintStream(out, true, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("verdict violation\n"), text);
        assertTrue(text.contains("\nbytes-per-lifetime -\n"), text);
        assertTrue(text.contains("\nper-second-warm 20000\n"), text);
        assertTrue(text.contains("\nat-middle 2.0 7 128 1048576\n"), text);
        assertTrue(text.endsWith("fault freed with users: task 7\n"), text);
    }

    @Test
    void theMeterLeavesOutWhatAnEndedThreadTakesAlong() throws InterruptedException {
        AllocationMeter meter = new AllocationMeter();
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        byte[][] kept = new byte[1][];
        Thread thread = new Thread(() -> {
            kept[0] = new byte[50_000_000];
            allocated.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        allocated.await();
        for (int i = 1; i <= 4; i++) {
            meter.sample(i);
        }
        end.countDown();
        thread.join();
        meter.sample(5);
        assertTrue(meter.bytesPerLifetime() >= 0, meter.bytesPerLifetime() + " bytes, kept " + kept[0].length);
    }

    @Test
    void startMiddleAndEndAreKeptHoweverLongItRuns() {
        for (int samples : new int[] {1, 2, 3, 1023, 1024, 5000, 100_000}) {
            SoakMoments moments = new SoakMoments();
            for (int second = 1; second <= samples; second++) {
                moments.sample(progress(second, 1000L * second));
            }
            List<SoakProgress> three = moments.startMiddleEnd();
            assertEquals(1, three.get(0).seconds());
            assertEquals(samples, three.get(2).seconds());
            double off = Math.abs(three.get(1).seconds() - samples / 2.0);
            assertTrue(off <= 1 + samples / 512.0, samples + " samples: " + three.get(1));
        }
        assertEquals(List.of(), new SoakMoments().startMiddleEnd());
    }

    @Test
    void aSoakShowsWhatItHeldMeanwhile() {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("soak", "--time", "1s", "--cpus", 1, "--readers", 0, "--plain"), desk.err());
        for (String moment : List.of("at-start ", "at-middle ", "at-end ")) {
            String[] figures = line(desk, moment).split(" ", -1);
            assertEquals(4, figures.length);
            assertTrue(Double.parseDouble(figures[0]) >= 1, figures[0]);
            assertTrue(Long.parseLong(figures[2]) >= 128, figures[2]);
        }
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
