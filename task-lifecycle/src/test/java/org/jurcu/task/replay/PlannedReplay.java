package org.jurcu.task.replay;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;

/** A replay in order racy that plans all, and then does it in {@link AnyOrder}. */
final class PlannedReplay {
    private PlannedReplay() {}

    /** What the audit found. */
    static List<ReplayReport.Mismatch> play(TraceReader trace, EnumSet<Edge> without, long seed) throws IOException {
        Findings findings = new Findings(null);
        Lifetimes lifetimes = new Lifetimes();
        SignalMatcher signals = new SignalMatcher(findings);
        SigchldWatch sigchlds = new SigchldWatch(signals);
        Audit audit = new RacyAudit(findings, lifetimes, Perturbation.NONE);
        AnyOrder order = new AnyOrder(findings);
        RefcountWarningHandler before = RefcountWarnings.handler();
        try (Kernel kernel = Kernel.create("any order", Replay.NR_CPUS, TaskLayout.TAGGED, audit);
                PlannedMoves moves = PlannedMoves.create(kernel, lifetimes, findings, order, sigchlds, without)) {
            RefcountWarnings.setHandler((warning, counter, old) -> {
                TaskStruct owner = kernel.ownerOf(counter);
                if (owner != null) {
                    audit.refcountWarning(warning, counter, owner);
                } else {
                    before.onWarning(warning, counter, old);
                }
            });
            Actors actors = new Actors(moves.kernel, findings, moves);
            moves.of(actors);
            sigchlds.watch(actors);
            Player player = new Player(moves.kernel, moves, actors, findings, signals);
            audit.watch(kernel, () -> CpuThread.timeOr(player.now()));
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                player.play(event);
            }
            player.finish();
            order.play(seed);
            kernel.rcu().barrier();
            kernel.rcu().barrier();
            audit.settle(player.now());
            return findings.mismatches();
        } finally {
            RefcountWarnings.setHandler(before);
        }
    }
}
