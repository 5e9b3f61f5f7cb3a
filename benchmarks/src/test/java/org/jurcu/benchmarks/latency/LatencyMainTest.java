package org.jurcu.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each scenario measures, and says what it measured in a form that is read back. No time is asserted. */
class LatencyMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) throws InterruptedException {
        out.reset();
        err.reset();
        return LatencyMain.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @TestFactory
    Collection<DynamicTest> everyScenarioMeasures() {
        return ScenarioName.all(2).stream()
                .filter(name -> !name.parameter().endsWith("0000")) // so many threads take their time
                .map(name -> DynamicTest.dynamicTest(name.toString(), () -> measures(name)))
                .toList();
    }

    private void measures(ScenarioName name) throws Exception {
        long millis = 5 * name.interval() / 1_000_000 + 5;
        assertEquals(0, run(name.toString(), "1", Long.toString(millis)), err::toString);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        Assumptions.assumeFalse(lines.get(0).startsWith("skipped "), lines.get(0));
        String[] words = lines.get(lines.size() - 1).split(" ", -1);
        assertEquals("histogram", words[0], lines::toString);
        assertEquals(name.interval(), Long.parseLong(words[1]));
        Histogram histogram = Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(words[2])), 0);
        // Fewer than there were to be only where the machine was so busy that the run gave up.
        long due = millis * 1_000_000 / name.interval();
        assertTrue(
                histogram.getTotalCount() == due || lines.contains("late"),
                histogram.getTotalCount() + " of " + due + " values");
    }

    @Test
    void aNameIsGivenOnceAndListed() throws InterruptedException {
        assertEquals(0, run());
        List<String> names = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
        assertTrue(names.containsAll(List.of("floorClock", "synchronize/readers=1", "callToInvoke/flavour=rcu")));
    }

    @Test
    void aMachineOfManyProcessorsHasAsManyReadersAsItHasRoomFor() {
        assertTrue(ScenarioName.all(8).stream().anyMatch(n -> n.toString().equals("synchronize/readers=7")));
        assertTrue(ScenarioName.all(8).stream().anyMatch(n -> n.toString().equals("synchronizeCrowded/readers=8")));
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws InterruptedException {
        assertEquals(2, run("nothing/here=1", "1", "1"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("there is no scenario 'nothing/here=1'"));
        assertEquals(2, run("floorClock", "1"));
        assertEquals(2, run("floorClock", "1", "0"));
        assertEquals(2, run("floorClock", "-1", "1"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("give a name, and the milliseconds"));
    }
}
