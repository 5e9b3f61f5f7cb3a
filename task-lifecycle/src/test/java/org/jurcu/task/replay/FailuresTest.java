package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;

/** What no kernel can have done, and what breaks in the model: each is found once, with its place, and the replay goes on. */
@ResourceLock("refcount warnings")
class FailuresTest {
    /** Stands for so many events that the plan's kernel has freed meanwhile whoever was released before. */
    private static final String MANY_EVENTS = "# MANY EVENTS\n";

    private static final String EVENT =
            " shell-5 [000] ..... 1.000011: sys_prctl(option: 0x25, arg2: 0, arg3: 0, arg4: 0, arg5: 0)\n";

    private static List<ReplayReport> replay(String name) throws IOException {
        List<ReplayReport> reports = new ArrayList<>();
        for (ReplayOptions how : List.of(ReplayOptions.DEFAULT, ReplayOptions.DEFAULT.racy(0))) {
            try (TraceReader trace = TraceReader.of(new ByteArrayInputStream(recording(name)), name)) {
                reports.add(Replay.run(trace, how));
            }
        }
        return reports;
    }

    private static byte[] recording(String name) throws IOException {
        try (InputStream in = FailuresTest.class.getResourceAsStream("/failures/" + name + ".trace")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace(MANY_EVENTS, EVENT.repeat(PlannedMoves.FREED_EVERY))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<String> found(ReplayReport report) {
        return report.mismatches().stream().map(m -> m.pid() + ": " + m.what()).toList();
    }

    /** It is nobody's thread in the model, and so asks nothing of a leader whose memory may serve another by then. */
    @Test
    void aThreadOfWhoHasEnded() throws IOException {
        for (ReplayReport report : replay("thread-of-who-has-ended")) {
            List<String> found = found(report);
            assertEquals(1, found.size(), () -> "found " + found);
            assertEquals(
                    "11: the kernel forked it, the model cannot: a task that exits forks nothing",
                    found.get(0).replaceFirst("nothing: .*", "nothing"));
            assertEquals(report.sigchldCompared(), report.sigchldMatched());
        }
    }

    /** Its memory may serve another, who is not asked in its place. */
    @Test
    void aChildOfWhoIsFreed() throws IOException {
        for (ReplayReport report : replay("child-of-who-is-freed")) {
            List<String> found = found(report);
            assertEquals(1, found.size(), () -> "found " + found);
            assertTrue(found.get(0).startsWith("12: the kernel forked it, the model cannot: "), found.get(0));
        }
    }

    @Test
    void anEndIsToldToAnotherShell() throws IOException {
        for (ReplayReport report : replay("told-to-another-shell")) {
            assertEquals(List.of("10: the kernel sent SIGCHLD to 6 from this task, the model does not"), found(report));
        }
    }

    /** Its own tracee is found by the parent's own scans, so nobody else's wait explains where it is. */
    @Test
    void noChildBesideItsOwnTracee() throws IOException {
        for (ReplayReport report : replay("no-child-beside-own-tracee")) {
            assertEquals(List.of("10: wait returned -ECHILD (no child), in the model child 11"), found(report));
        }
    }

    /** One call takes one. */
    @Test
    void aTracerTakesTwoAtOnce() throws IOException {
        for (ReplayReport report : replay("tracer-takes-two")) {
            assertEquals(List.of("20: wait returned -ECHILD (no child), in the model none has ended"), found(report));
        }
    }

    @Test
    void aTracerThatOnlyLooksTakesNothing() throws IOException {
        for (ReplayReport report : replay("tracer-only-looks")) {
            assertEquals(List.of("10: wait returned -ECHILD (no child), in the model none has ended"), found(report));
        }
    }

    private static final String LINES = """
            # tracer: nop
            #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
                       shell-5     [000] ..... 1.000001: task_newtask: pid=10 comm=shell clone_flags=1200000 oom_score_adj=0
                       shell-5     [000] ..... 1.000002: sched_process_fork: comm=shell pid=5 child_comm=shell child_pid=10
                       shell-5     [000] ..... 1.000002: sys_wait4(upid: 0xffffffff, stat_addr: 0, options: 0, ru: 0)
                       shell-5     [000] d..2. 1.000003: sched_switch: prev_comm=shell prev_pid=5 prev_prio=120 prev_state=S ==> next_comm=child next_pid=10 next_prio=120
                       child-10    [000] ..... 1.000004: sched_process_exit: comm=child pid=10 prio=120 group_dead=true
                       child-10    [000] d..2. 1.000005: signal_generate: sig=17 errno=0 code=1 comm=reaper pid=6 grp=1 res=0
                       child-10    [000] d..2. 1.000006: sched_switch: prev_comm=child prev_pid=10 prev_prio=120 prev_state=Z ==> next_comm=shell next_pid=5 next_prio=120
                       shell-5     [000] ..... 1.000007: task_newtask: pid=11 comm=shell clone_flags=1200000 oom_score_adj=0
                       shell-5     [000] ..... 1.000008: sched_process_fork: comm=shell pid=5 child_comm=shell child_pid=11
            """;

    /** Plays {@link #LINES} while the moves break: as many forks as they have, and what was found first. */
    private static String firstFound(Function<Kernel, Moves> broken) throws IOException {
        Findings findings = new Findings(null);
        try (Kernel kernel = Kernel.create("breaks", 1, TaskLayout.TAGGED, Tracepoints.NONE);
                TraceReader trace =
                        TraceReader.of(new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8)), "breaks")) {
            Moves moves = broken.apply(kernel);
            Player player = new Player(
                    kernel, moves, new Actors(kernel, findings, moves), findings, new SignalMatcher(findings));
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                player.play(event);
            }
            assertEquals(2, player.forks());
            return findings.mismatches().get(0).what();
        }
    }

    @Test
    void betweenTwoEvents() throws IOException {
        String found = firstFound(kernel -> new Moves(kernel, new Lifetimes()) {
            @Override
            void playing(TraceEvent event) {
                if (event.line() == 4) {
                    throw new IllegalStateException("on purpose");
                }
            }
        });
        assertEquals(
                "before line 4, what has been freed cannot be forgotten: java.lang.IllegalStateException: on purpose",
                found);
    }

    /** Nobody but a reaper of its children was told, so the next line shows that its end is complete. */
    @Test
    void inAnEndThatTheNextLineShows() throws IOException {
        String found = firstFound(kernel -> new Moves(kernel, new Lifetimes()) {
            @Override
            void exitNotify(Actor actor) {
                throw new IllegalArgumentException("on purpose");
            }
        });
        assertEquals("line 9 cannot be played: java.lang.IllegalArgumentException: on purpose", found);
    }
}
