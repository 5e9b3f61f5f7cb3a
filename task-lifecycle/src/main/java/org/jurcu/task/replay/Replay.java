package org.jurcu.task.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.CountHistory;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;

/**
 * Replays a recording of a real kernel's task lifecycle on the model, with a thread a CPU and readers beside them, and
 * audits every lifetime.
 *
 * <pre>{@code
 * ReplayReport report = Replay.run(Path.of("storm.trace.gz"), ReplayOptions.DEFAULT);
 * System.out.println(report.matched() + " of " + report.kernelFrees() + " frees matched");
 * report.mismatches().forEach(System.out::println);
 * }</pre>
 *
 * <p>What happened to each task's counts, and who did it, is known to a {@link CountHistory} that is passed along; it may be
 * read meanwhile and afterwards:
 *
 * <pre>{@code
 * CountHistory history = new CountHistory(16, 4096, Replay.current());
 * Replay.run(Path.of("storm.trace.gz"), ReplayOptions.DEFAULT.watchedBy(history));
 * history.lifetimes().forEach(life -> life.changes().forEach(System.out::println));
 * }</pre>
 *
 * <p>Blocks until the recording is played and every callback has run. Recordings are replayed one after the other in a
 * process, since refcount warnings have one handler.
 */
public final class Replay {
    /** CPUs that a recording may name. */
    static final int NR_CPUS = 8192;

    private static final int TURN = 512;
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** Makes the kernel that a recording is played on. */
    interface KernelFactory {
        /** The history is null if the replay is not watched. */
        Kernel create(int cpus, Tracepoints tracepoints, CountHistory history);
    }

    private Replay() {}

    /**
     * Replays a file.
     *
     * @throws IOException if it cannot be read, or is no recording: the message says where and what was expected
     */
    public static ReplayReport run(Path recording, ReplayOptions options) throws IOException {
        try (TraceReader trace = TraceReader.open(recording)) {
            return run(trace, options);
        }
    }

    /**
     * Replays what is left of {@code trace}.
     *
     * @throws IOException if it cannot be read, or is no recording: the message says where and what was expected
     */
    public static ReplayReport run(TraceReader trace, ReplayOptions options) throws IOException {
        return run(
                trace,
                options,
                (cpus, tracepoints, history) -> history == null
                        ? Kernel.create("replay", cpus, options.layout(), tracepoints)
                        : Kernel.create("replay", cpus, options.layout(), tracepoints, history));
    }

    static ReplayReport run(TraceReader trace, ReplayOptions options, KernelFactory factory) throws IOException {
        ONE_AT_A_TIME.lock();
        try {
            return replay(trace, options, factory);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /**
     * Who acts on the calling thread: for a {@link CountHistory} that a replay is to fill. On a CPU's thread that CPU, its
     * current task, and the time and line of the event that it plays.
     */
    public static CountHistory.Current current() {
        return CpuThread.CURRENT;
    }

    private static ReplayReport replay(TraceReader trace, ReplayOptions options, KernelFactory factory)
            throws IOException {
        long start = System.nanoTime();
        TraceEvent first = trace.next();
        int walked = Math.max(trace.declaredCpus(), first == null ? 1 : first.cpu() + 1);
        Findings findings = new Findings(options.history());
        Audit audit = new Audit(findings);
        RefcountWarningHandler before = RefcountWarnings.handler();
        try (Kernel kernel = factory.create(NR_CPUS, audit, options.history())) {
            Actors actors = new Actors(kernel, findings);
            SignalMatcher signals = new SignalMatcher(findings);
            Player player = new Player(kernel, actors, findings, signals);
            audit.watch(kernel, actors, signals, player::now);
            RefcountWarnings.setHandler((warning, counter, old) -> {
                TaskStruct owner = kernel.ownerOf(counter);
                if (owner != null) {
                    audit.refcountWarning(warning, counter, owner);
                } else {
                    before.onWarning(warning, counter, old);
                }
            });
            int cpus;
            long sections;
            try (CpuThreads threads = new CpuThreads(player);
                    TaskReaders readers = new TaskReaders(kernel, audit, options.readers(), walked)) {
                playAll(trace, first, threads);
                player.finish();
                cpus = threads.count();
                sections = readers.sections();
            }
            // One for delayed_put_task_struct, one for the memory that it queues.
            kernel.rcu().barrier();
            kernel.rcu().barrier();
            audit.settle(player.now());
            double seconds = (System.nanoTime() - start) / 1e9;
            return report(trace, options, player, findings, audit, cpus, sections, seconds);
        } finally {
            RefcountWarnings.setHandler(before);
        }
    }

    private static void playAll(TraceReader trace, TraceEvent first, CpuThreads threads) throws IOException {
        List<TraceEvent> turn = new ArrayList<>();
        for (TraceEvent event = first; event != null; event = trace.next()) {
            if (!turn.isEmpty() && (turn.get(0).cpu() != event.cpu() || turn.size() == TURN)) {
                threads.play(turn.get(0).cpu(), turn);
                turn = new ArrayList<>();
            }
            turn.add(event);
        }
        if (!turn.isEmpty()) {
            threads.play(turn.get(0).cpu(), turn);
        }
    }

    private static ReplayReport report(
            TraceReader trace,
            ReplayOptions options,
            Player player,
            Findings findings,
            Audit audit,
            int cpus,
            long sections,
            double seconds) {
        List<String> notes = findings.notes();
        if (options.readers() > 0) {
            notes.add("reader sections meanwhile: " + sections);
        }
        for (Map.Entry<String, Long> skipped : trace.skippedByName().entrySet()) {
            notes.add("skipped events " + skipped.getKey() + ": " + skipped.getValue());
        }
        if (trace.lostEvents() > 0) {
            notes.add("the recording has holes; events that the kernel lost: " + trace.lostEvents());
        }
        if (player.unfinishedExits() > 0) {
            notes.add("the recording ends early; tasks that are still exiting: " + player.unfinishedExits());
        }
        return new ReplayReport(
                trace.name(),
                options.layout().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "trace",
                cpus,
                options.readers(),
                trace.events(),
                trace.skipped(),
                player.forks(),
                player.exits(),
                player.kernelFrees(),
                audit.modelFrees,
                audit.matched,
                findings.mismatches(),
                audit.zombiesLeft,
                audit.liveLeft,
                audit.earlyFrees(),
                audit.doubleFrees(),
                audit.leaks,
                audit.warnings(),
                findings.waitResultsCompared,
                findings.waitResultsMatched,
                findings.sigchldCompared,
                findings.sigchldMatched,
                seconds,
                notes);
    }
}
