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
    private static final int SETTLED_EVERY = 1 << 13;
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
        Findings findings = new Findings(options.history());
        Lifetimes lifetimes = new Lifetimes();
        SignalMatcher signals = new SignalMatcher(findings);
        SigchldWatch sigchlds = new SigchldWatch(signals);
        Perturbation perturbation = Perturbation.of(options.seed());
        boolean racy = options.order() == ReplayOrder.RACY;
        Audit audit =
                racy ? new RacyAudit(findings, lifetimes, perturbation) : new TraceAudit(findings, lifetimes, sigchlds);
        RefcountWarningHandler before = RefcountWarnings.handler();
        try (Kernel kernel = factory.create(NR_CPUS, audit, options.history())) {
            RefcountWarnings.setHandler((warning, counter, old) -> {
                TaskStruct owner = kernel.ownerOf(counter);
                if (owner != null) {
                    audit.refcountWarning(warning, counter, owner);
                } else {
                    before.onWarning(warning, counter, old);
                }
            });
            int walked = Math.max(trace.declaredCpus(), first == null ? 1 : first.cpu() + 1);
            Played played;
            try (TaskReaders readers = new TaskReaders(kernel, audit, perturbation, options.readers(), walked)) {
                Playing playing = new Playing(trace, first, kernel, lifetimes, findings, signals, sigchlds, audit);
                played = racy ? playing.racy(perturbation) : playing.inOrder();
                played = played.with(readers.sections());
            }
            // One for delayed_put_task_struct, one for the memory that it queues.
            kernel.rcu().barrier();
            kernel.rcu().barrier();
            audit.settle(played.player.now());
            double seconds = (System.nanoTime() - start) / 1e9;
            return report(trace, options, played, findings, audit, seconds);
        } finally {
            RefcountWarnings.setHandler(before);
        }
    }

    /** What it took to play a recording. */
    private record Played(Player player, int cpus, long sections) {
        Played with(long readerSections) {
            return new Played(player, cpus, readerSections);
        }
    }

    /** The parts of one replay. */
    private record Playing(
            TraceReader trace,
            TraceEvent first,
            Kernel kernel,
            Lifetimes lifetimes,
            Findings findings,
            SignalMatcher signals,
            SigchldWatch sigchlds,
            Audit audit) {

        Played inOrder() throws IOException {
            Moves moves = new Moves(kernel, lifetimes);
            Actors actors = new Actors(kernel, findings, moves);
            sigchlds.watch(actors);
            Player player = new Player(kernel, moves, actors, findings, signals);
            audit.watch(kernel, player::now);
            int cpus;
            try (CpuThreads threads = new CpuThreads(player)) {
                playAll(threads);
                player.finish();
                cpus = threads.count();
            }
            return new Played(player, cpus, 0);
        }

        private void playAll(CpuThreads threads) throws IOException {
            List<TraceEvent> turn = new ArrayList<>();
            long played = 0;
            for (TraceEvent event = first; event != null; event = trace.next()) {
                if (!turn.isEmpty() && (turn.get(0).cpu() != event.cpu() || turn.size() == TURN)) {
                    threads.play(turn.get(0).cpu(), turn);
                    turn = new ArrayList<>();
                }
                turn.add(event);
                if (++played % SETTLED_EVERY == 0) {
                    audit.settleFreed(life -> {});
                }
            }
            if (!turn.isEmpty()) {
                threads.play(turn.get(0).cpu(), turn);
            }
        }

        /** The calling thread plans what a thread of its own reads, and the CPUs' threads do it. */
        Played racy(Perturbation perturbation) throws IOException {
            try (Cpus cpus = new Cpus(findings, perturbation, Cpus.PATIENCE_NANOS);
                    PlannedMoves moves = PlannedMoves.create(kernel, lifetimes, findings, cpus, sigchlds)) {
                Actors actors = new Actors(moves.kernel, findings, moves);
                moves.of(actors);
                sigchlds.watch(actors);
                Player player = new Player(moves.kernel, moves, actors, findings, signals);
                audit.watch(kernel, () -> CpuThread.timeOr(player.now()));
                planAll(cpus, player, actors);
                player.finish();
                cpus.finish();
                return new Played(player, cpus.count(), 0);
            }
        }

        private void planAll(Cpus cpus, Player player, Actors actors) throws IOException {
            try (EventFeed feed = new EventFeed(trace, first)) {
                int planned = 0;
                for (List<TraceEvent> events = feed.next(); !events.isEmpty(); events = feed.next()) {
                    for (TraceEvent event : events) {
                        player.play(event);
                    }
                    cpus.flush();
                    planned += events.size();
                    if (planned >= SETTLED_EVERY) {
                        planned = 0;
                        audit.settleFreed(life -> actors.forget(life.actor));
                    }
                }
            }
        }
    }

    private static ReplayReport report(
            TraceReader trace, ReplayOptions options, Played played, Findings findings, Audit audit, double seconds) {
        Player player = played.player;
        List<String> notes = findings.notes();
        if (options.readers() > 0) {
            notes.add("reader sections meanwhile: " + played.sections);
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
                options.order().name().toLowerCase(Locale.ROOT),
                options.seed(),
                played.cpus,
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
