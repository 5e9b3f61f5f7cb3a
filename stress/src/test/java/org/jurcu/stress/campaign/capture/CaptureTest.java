package org.jurcu.stress.campaign.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;

/** A capture on a tracefs that is none: what it writes, in which order, what it says, and that it leaves nothing behind. */
@EnabledOnOs(OS.LINUX)
class CaptureTest {
    @TempDir
    Path dir;

    private FakeTracefs tracefs;
    private Path proc;
    private Path pidFile;
    private Path file;

    @BeforeEach
    void set() throws IOException {
        tracefs = new FakeTracefs(dir.resolve("tracing"));
        proc = Files.createDirectories(dir.resolve("proc"));
        Files.writeString(proc.resolve("filesystems"), "nodev\tsysfs\nnodev\ttracefs\n");
        Files.createDirectories(proc.resolve("self/ns"));
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026531836]"));
        pidFile = dir.resolve("pid");
        file = dir.resolve("out.txt");
    }

    private Requirements requirements() {
        return new Requirements("Linux", 0, proc, List.of(tracefs));
    }

    private Capture capture(Requirements requirements) {
        return new Capture(requirements, 1024, Duration.ZERO);
    }

    private List<String> command(int status) {
        return List.of("sh", "-c", "echo $$ > " + pidFile + "; exit " + status);
    }

    private int pid() {
        try {
            return Integer.parseInt(Files.readString(pidFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Capture.Result run(int status) throws Exception {
        return capture(requirements()).run(command(status), file);
    }

    private static List<TraceEvent> read(Path recording, long lost) throws IOException {
        try (TraceReader reader = TraceReader.open(recording)) {
            List<TraceEvent> events = new ArrayList<>();
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
            assertEquals(lost, reader.lostEvents());
            assertEquals(2, reader.declaredCpus());
            return events;
        }
    }

    private String life() {
        return "# tracer: nop\n#\n"
                + "            java-500     [000] ..... 1.000000: task_newtask: pid=%1$d comm=java clone_flags=4100 oom_score_adj=0\n"
                        .formatted(pid())
                + "            java-500     [000] ..... 1.000001: sched_process_fork: comm=java pid=500 child_comm=java child_pid=%d\n"
                        .formatted(pid())
                + "            bash-77      [001] ..... 1.000001: sched_process_exit: comm=bash pid=77 prio=120"
                + " group_dead=true\n"
                + "              sh-%-7d [000] ..... 1.000002: sched_process_exit: comm=sh pid=%1$d prio=120 group_dead=true\n"
                        .formatted(pid())
                + "          <idle>-0       [001] ..s.. 1.000003: sched_process_free: comm=sh pid=%d prio=120\n"
                        .formatted(pid());
    }

    @Test
    void whatIsWrittenInWhichOrder() throws Exception {
        tracefs.trace = this::life;
        Capture.Result result = run(3);
        assertEquals(new Capture.Result(3, new CaptureSummary(4, 1, 1, 1, 0)), result);
        assertEquals(4, read(file, 0).size());
        List<String> expected = new ArrayList<>(List.of(
                "tracing_on 0",
                "buffer_size_kb 1024",
                "trace_clock mono",
                "events/signal/signal_generate/filter sig==17",
                "events/syscalls/sys_enter_prctl/filter option==36 || option==37",
                "events/syscalls/sys_enter_ptrace/filter"
                        + " request==0 || request==16 || request==17 || request==0x4206"));
        for (CaptureEvent event : CaptureEvent.values()) {
            expected.add("events/" + event.path() + "/enable 1");
        }
        expected.addAll(List.of("tracing_on 1", "tracing_on 0", "tracing_on 0", "events/enable 0"));
        assertEquals(expected, tracefs.writes);
        assertEquals(List.of(), tracefs.instances());
    }

    @Test
    void whereverAWriteFailsNothingIsLeft() throws Exception {
        run(0);
        int all = tracefs.writes.size();
        assertTrue(all > 20, tracefs.writes::toString);
        Files.delete(file);
        for (int failing = 0; failing < all - 2; failing++) { // the last two are the clean-up's own
            tracefs.writes.clear();
            tracefs.failingWrite = failing;
            Files.deleteIfExists(pidFile);
            assertThrows(Exception.class, () -> run(0), "write " + failing);
            assertEquals(List.of(), tracefs.instances(), "write " + failing);
            assertFalse(Files.exists(file), "write " + failing);
            boolean started = tracefs.writes.contains("tracing_on 1");
            assertEquals(started, Files.exists(pidFile), "write " + failing);
        }
        for (int failing = all - 2; failing < all; failing++) {
            tracefs.writes.clear();
            tracefs.failingWrite = failing;
            run(0);
            assertEquals(List.of(), tracefs.instances(), "write " + failing);
        }
    }

    @Test
    void losesNothingSilently() throws Exception {
        tracefs.stats = "entries: 1\noverrun: 40\ncommit overrun: 1\nbytes: 40\ndropped events: 2\nread events: 0\n";
        tracefs.trace = this::life;
        assertEquals(86, run(0).summary().lost());
        assertEquals(4, read(file, 86).size());
        assertTrue(Files.readString(file).contains("CPU:1 [LOST 43 EVENTS]\n"));
    }

    /** The file is the old one or a whole new one, and nothing lies beside it. */
    @Test
    void aRecordingThatCannotBeReadToItsEndLeavesNothing() throws Exception {
        tracefs.trace = this::life;
        run(0);
        String before = Files.readString(file);
        tracefs.tornTrace = true;
        assertEquals(
                "Input/output error",
                assertThrows(IOException.class, () -> run(0)).getMessage());
        assertEquals(before, Files.readString(file));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(
                    Set.of("tracing", "proc", "pid", "out.txt"),
                    files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
        }
        assertEquals(List.of(), tracefs.instances());
    }

    @Test
    void compressedByName() throws Exception {
        tracefs.trace = this::life;
        file = dir.resolve("out.trace.gz");
        run(0);
        assertEquals(0x8b1f, (Files.readAllBytes(file)[0] & 0xff) | (Files.readAllBytes(file)[1] & 0xff) << 8);
        assertEquals(4, read(file, 0).size());
    }

    @Test
    void aCommandThatCannotBeRun() throws IOException {
        assertEquals(
                "the command /no/such cannot be run: No such file or directory",
                assertThrows(CampaignException.class, () -> capture(requirements())
                                .run(List.of("/no/such"), file))
                        .getMessage());
        assertEquals(List.of(), tracefs.instances());
    }

    @Test
    void leftoversOfTheDeadAreRemoved() throws Exception {
        tracefs.makeInstance("jurcu-capture-4711");
        tracefs.makeInstance("jurcu-capture-1");
        tracefs.makeInstance("somebody-else");
        Files.createDirectories(proc.resolve("1"));
        run(0);
        assertEquals(List.of("jurcu-capture-1", "somebody-else"), tracefs.instances());
    }

    @Test
    void aClockThatIsMissingIsNotSet() throws Exception {
        tracefs.clocks = "[local] global\n";
        run(0);
        assertFalse(tracefs.writes.contains("trace_clock mono"));
    }

    @Test
    void anInterruptedCaptureCleansUp() throws Exception {
        TraceInstance instance = TraceInstance.prepare(tracefs, 99, 1024, proc);
        assertEquals(List.of("jurcu-capture-99"), tracefs.instances());
        Process process = new ProcessBuilder("sleep", "1000").start();
        Interruption interruption = new Interruption(instance);
        interruption.watch(process);
        interruption.start();
        interruption.join();
        assertEquals(List.of(), tracefs.instances());
        process.waitFor();
        instance.close(); // again, as the capture itself does
    }

    private String refusal(Requirements requirements) {
        return assertThrows(CampaignException.class, () -> capture(requirements).run(command(0), file))
                .getMessage();
    }

    @Test
    void otherSystems() {
        assertEquals(
                "capture records with Linux's tracefs, and this is Windows 11",
                refusal(new Requirements("Windows 11", -1, proc, List.of(tracefs))));
    }

    @Test
    void withoutRoot() {
        assertEquals(
                "capture needs root to record with tracefs: run it with sudo",
                refusal(new Requirements("Linux", 1000, proc, List.of(tracefs))));
    }

    @Test
    void withoutWhatItNeeds() throws Exception {
        Tracefs none = new Tracefs(dir.resolve("none"));
        assertEquals(
                "tracefs is not mounted on " + none.root() + ": mount -t tracefs nodev " + none.root(),
                refusal(new Requirements("Linux", 0, proc, List.of(none, none))));
        Files.writeString(proc.resolve("filesystems"), "nodev\tsysfs\n");
        assertEquals(
                "this kernel has no tracefs: it was built without CONFIG_TRACING",
                refusal(new Requirements("Linux", 0, proc, List.of(none))));
        tracefs.lack(CaptureEvent.WAIT4_ENDS);
        assertEquals(
                "this kernel has no event syscalls/sys_exit_wait4 in " + tracefs.root()
                        + ": it was built without CONFIG_FTRACE_SYSCALLS",
                refusal(requirements()));
        tracefs.lack(CaptureEvent.FREE);
        assertEquals(
                "this kernel has no event sched/sched_process_free in " + tracefs.root()
                        + ": it was built without CONFIG_EVENT_TRACING",
                refusal(requirements()));
        Files.delete(proc.resolve("self/ns/pid"));
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026532000]"));
        assertEquals(
                "capture runs in an inner pid namespace (a container), where the kernel's task numbers mean nothing:"
                        + " run it on the host",
                refusal(requirements()));
        assertEquals(List.of(), tracefs.writes);
        assertEquals(List.of(), tracefs.instances());
    }

    @Test
    void aBufferThatIsNotGranted() throws Exception {
        String sentence = "the kernel grants no ring buffer of 1024 KiB a CPU: ask for less with --buffer-kib";
        tracefs.grantedKib = 1023;
        assertEquals(sentence, refusal(requirements()));
        tracefs.refusesBuffer = true;
        assertEquals(sentence, refusal(requirements()));
        assertEquals(List.of(), tracefs.instances());
        assertFalse(Files.exists(pidFile));
    }
}
