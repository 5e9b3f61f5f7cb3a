package org.jurcu.task.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.trace.Syscall;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;

/** What is generated is what a kernel could have recorded: the model agrees with every bit of it. */
@Tag("any-fence")
@ResourceLock("refcount warnings")
class GeneratedRecordingsTest {
    private static final int SMALL_PID_MAX = 1500;
    private static final Set<LifePath> MANY_HANDOVERS =
            EnumSet.of(LifePath.TRACED, LifePath.NAMESPACE, LifePath.ORPHANS);
    private static final long KNOWN_CRC = 3_141_431_861L;

    private static byte[] text(LoadOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LoadGenerator.write(out, options);
        return out.toByteArray();
    }

    private static TraceReader reader(byte[] text) throws IOException {
        return TraceReader.of(new ByteArrayInputStream(text), "generated");
    }

    /** In both orders, the racy one held up here and there. */
    private static void assertReplays(LoadOptions options, TaskLayout layout, int readers) throws IOException {
        byte[] text = text(options);
        ReplayOptions inOrder = new ReplayOptions(readers, layout);
        assertReplays(text, options, inOrder);
        assertReplays(text, options, inOrder.racy(options.seed() + 1));
    }

    private static void assertReplays(byte[] text, LoadOptions options, ReplayOptions how) throws IOException {
        ReplayReport report = Replay.run(reader(text), how);
        String which = options + " as " + how;
        assertEquals(List.of(), report.mismatches(), which);
        assertEquals(options.tasks(), report.forks(), which);
        assertEquals(options.tasks(), report.exits(), which);
        assertEquals(options.tasks(), report.kernelFrees(), which);
        assertEquals(options.tasks(), report.matched(), which);
        assertEquals(0, report.zombiesLeft() + report.liveLeft() + report.skipped(), which);
        assertTrue(report.passed(), which);
    }

    @ParameterizedTest
    @EnumSource
    void everyLayoutAgreesWithEveryMachine(TaskLayout layout) throws IOException {
        int seed = layout.name().hashCode();
        for (int cpus : new int[] {1, 2, 3, 8, 40}) {
            assertReplays(LoadOptions.of(seed++, cpus, 250), layout, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPathAloneIsValidForManySeeds(LifePath path) throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            int cpus = 1 + seed % 4;
            LoadOptions options = new LoadOptions(seed, cpus, 60 + seed, Mix.only(path), LoadOptions.PID_MAX);
            assertReplays(options, TaskLayout.TAGGED, 0);
        }
    }

    /**
     * Tasks that wait long for a CPU between two steps: what a machine does once in many thousand tasks. In racy order alone,
     * since its player reads as that of order trace does.
     */
    @ParameterizedTest
    @EnumSource
    void everyPathAloneIsValidOnACrowdedMachine(LifePath path) throws IOException {
        int tasks = MANY_HANDOVERS.contains(path) ? 4000 : 1000;
        int seed = List.of(LifePath.values()).indexOf(path);
        LoadOptions options = new LoadOptions(seed, 8, tasks, Mix.only(path), LoadOptions.PID_MAX);
        assertReplays(text(options), options, new ReplayOptions(0, TaskLayout.TAGGED).racy(0));
    }

    @Test
    void numbersAreUsedAgain() throws IOException {
        LoadOptions options = new LoadOptions(7, 2, 4000, Mix.all(), SMALL_PID_MAX);
        assertReplays(options, TaskLayout.TAGGED, 1);
        int most = 0;
        try (TraceReader reader = reader(text(options))) {
            for (TraceEvent e = reader.next(); e != null; e = reader.next()) {
                most = e instanceof TraceEvent.Fork fork ? Math.max(most, fork.childPid()) : most;
            }
        }
        assertEquals(SMALL_PID_MAX - 1, most, "all numbers up to the last were given out");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 17", "4, 300"})
    void theSameOptionsGiveTheSameBytes(long seed, int cpus) throws IOException {
        LoadOptions options = LoadOptions.of(seed, cpus, 500);
        byte[] once = text(options);
        assertEquals(new String(once, StandardCharsets.UTF_8), new String(text(options), StandardCharsets.UTF_8));
        assertTrue(!Arrays.equals(once, text(LoadOptions.of(seed + 1, cpus, 500))));
    }

    /** A seed must mean the same tomorrow and on every JDK: whoever changes the generator sees it here. */
    @Test
    void aSeedKeepsItsMeaning() throws IOException {
        CRC32 crc = new CRC32();
        crc.update(text(LoadOptions.of(1, 2, 1000)));
        assertEquals(KNOWN_CRC, crc.getValue(), "the generator changed: enter the new checksum");
    }

    @Test
    void readingBackGivesTheEventsThatWereWritten() throws IOException {
        LoadOptions options = LoadOptions.of(5, 4, 800);
        List<TraceEvent> generated = new ArrayList<>();
        GeneratedLoad load = LoadGenerator.generate(options, generated::add, 4);
        List<TraceEvent> read = new ArrayList<>();
        try (TraceReader reader = reader(text(options))) {
            for (TraceEvent e = reader.next(); e != null; e = reader.next()) {
                read.add(e);
            }
            assertEquals(4, reader.declaredCpus());
        }
        assertEquals(generated, read);
        assertEquals(load.events(), read.size());
        assertEquals(EnumSet.allOf(TraceEvent.Kind.class), kinds(read));
    }

    private static Set<TraceEvent.Kind> kinds(List<TraceEvent> events) {
        Set<TraceEvent.Kind> kinds = EnumSet.noneOf(TraceEvent.Kind.class);
        events.forEach(e -> kinds.add(e.kind()));
        return kinds;
    }

    /** What each path promises, seen in its events. */
    @ParameterizedTest
    @CsvSource({
        "reaped-running, X", // some were released before their last switch
        "exit, Z",
        "autoreap, X",
        "no-cld-wait, X"
    })
    void lastSwitchesShowWhoWasFaster(String path, String state) throws IOException {
        long seen = events(path, 400).stream()
                .filter(e -> e instanceof TraceEvent.Switch s && s.prevState().equals(state))
                .count();
        assertTrue(seen > 50, path + " has only " + seen + " last switches in state " + state);
    }

    @ParameterizedTest
    @CsvSource({"exec-thread", "exec-dead-leader"})
    void threadsTakeTheirLeadersNumbers(String path) throws IOException {
        long swaps = events(path, 300).stream()
                .filter(e -> e instanceof TraceEvent.Exec x && x.oldPid() != x.taskPid())
                .count();
        assertTrue(swaps >= 40, "de_thread was seen " + swaps + " times");
    }

    @Test
    void aStoppedJobRunsOnWhenAWaitHasReportedIt() throws IOException {
        Set<Long> stopped = new HashSet<>();
        int reported = 0;
        for (TraceEvent e : events("stops", 600)) {
            if (e instanceof TraceEvent.Switch s) {
                assertFalse(stopped.contains((long) s.nextPid()), "it runs: " + s);
                if (s.prevState().equals("T")) {
                    stopped.add((long) s.prevPid());
                }
            } else if (e instanceof TraceEvent.SyscallExit call && stopped.remove(call.result())) {
                reported++;
            }
        }
        assertTrue(reported > 100, "reported " + reported);
        assertEquals(Set.of(), stopped);
    }

    /** Each stop is told to the tracer or parent, at the switch in that state, and is reported by a wait if nobody ends before. */
    @Test
    void stopsAreToldAndReported() throws IOException {
        Map<String, Integer> switches = new HashMap<>();
        Map<Integer, Integer> told = new HashMap<>();
        int detached = 0;
        for (TraceEvent e : events("stops", 600)) {
            if (e instanceof TraceEvent.Switch s) {
                switches.merge(s.prevState(), 1, Integer::sum);
            } else if (e instanceof TraceEvent.SignalGenerate s && s.code() > 3) {
                told.merge(s.code(), 1, Integer::sum);
            } else if (e instanceof TraceEvent.SyscallEnter call && call.syscall() == Syscall.PTRACE) {
                detached += call.intArg("request") == 17 ? 1 : 0;
            }
        }
        int stops = switches.get("t") + switches.get("T");
        assertTrue(told.get(4) > 100 && told.get(4) < switches.get("t"), "trapped " + told + " of " + switches);
        assertTrue(told.get(5) > 100 && told.get(5) < switches.get("T"), "stopped " + told + " of " + switches);
        assertEquals(told.get(5), told.get(6), "whoever is told of the one is told of the other");
        assertTrue(detached > 10, "detached " + detached);
        LoadOptions options = new LoadOptions(3, 3, 600, Mix.only(LifePath.STOPS), LoadOptions.PID_MAX);
        ReplayReport report = Replay.run(reader(text(options)), new ReplayOptions(0, TaskLayout.TAGGED));
        String note = report.notes().stream()
                .filter(n -> n.contains("tell of a stop"))
                .findFirst()
                .orElseThrow();
        int reported = Integer.parseInt(note.replaceAll("\\D", ""));
        assertTrue(reported <= stops && reported > stops * 9 / 10, note + ", stops: " + stops);
    }

    @ParameterizedTest
    @EnumSource
    void everyLayoutAgreesWithStops(TaskLayout layout) throws IOException {
        Mix mix = Mix.parse("stops=4,exit=2,traced,threads,orphans,exec-thread");
        assertReplays(new LoadOptions(layout.name().length(), 3, 250, mix, LoadOptions.PID_MAX), layout, 1);
    }

    @Test
    void freesComeAfterAGracePeriodAndOnEveryCpu() throws IOException {
        Map<Integer, Long> lastSwitch = new HashMap<>();
        Set<Integer> cpus = new HashSet<>();
        for (TraceEvent e : events("exit", 400)) {
            if (e instanceof TraceEvent.Switch s && s.prevExited()) {
                lastSwitch.put(s.prevPid(), s.timeNanos());
            } else if (e instanceof TraceEvent.Free f) {
                cpus.add(f.cpu());
                assertTrue(f.timeNanos() - lastSwitch.get(f.taskPid()) > 1_000_000, "freed too early: " + f);
            }
        }
        assertEquals(Set.of(0, 1, 2), cpus);
    }

    private static List<TraceEvent> events(String path, int tasks) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        LoadGenerator.generate(new LoadOptions(3, 3, tasks, Mix.parse(path), LoadOptions.PID_MAX), events::add, 4);
        return events;
    }

    /** Real recordings come out as they went in, but for what the events do not keep. */
    @ParameterizedTest
    @CsvSource({"storm", "mt-exec", "pid-namespace", "ptrace", "sigchld"})
    void theWriterWritesWhatTheKernelWrote(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<TraceEvent> events = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("/traces/" + name + ".trace.gz");
                TraceReader reader = TraceReader.of(in, name)) {
            for (TraceEvent e = reader.next(); e != null; e = reader.next()) {
                events.add(e);
            }
            FtraceWriter writer = new FtraceWriter(out, reader.declaredCpus());
            for (TraceEvent e : events) {
                writer.write(e);
            }
            writer.flush();
        }
        List<TraceEvent> again = new ArrayList<>();
        try (TraceReader reader = reader(out.toByteArray())) {
            for (TraceEvent e = reader.next(); e != null; e = reader.next()) {
                again.add(e);
            }
        }
        assertEquals(events, again);
    }
}
