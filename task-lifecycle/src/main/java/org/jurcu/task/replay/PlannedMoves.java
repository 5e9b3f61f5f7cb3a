package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jurcu.task.CloneFlags;
import org.jurcu.task.Kernel;
import org.jurcu.task.SigchldAction;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.UnreadKernel;
import org.jurcu.task.Wait;
import org.jurcu.task.trace.TraceEvent;

/**
 * Makes each change on the player's kernel, in the order of the recording, and plans it for the audited kernel, where the
 * CPUs' threads make it in an order of their own. What the player's kernel tells meanwhile, whom it told and to whom it
 * gave children, says what the change touches, and so which steps must keep their order; and it is what the same step
 * must do in the audited kernel. docs/replay.md has the argument for each edge.
 */
final class PlannedMoves extends Moves implements AutoCloseable {
    private static final int MAX_ANCESTORS = 64;
    private static final int NSPROXY_INIT = 1;
    /** Events after which the memory of who was released can serve again. */
    static final int FREED_EVERY = 1024;

    /** What the player's kernel tells while a change is made. */
    private static final class Witness implements Tracepoints {
        private PlannedMoves moves;

        @Override
        public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
            moves.told(current, child, parent, sent);
        }

        @Override
        public void reparent(TaskStruct task, TaskStruct parent) {
            moves.reparented(task, parent);
        }
    }

    /** The event that is being played, and what the change that is being made touches. */
    private static final class Now {
        TraceEvent event;
        final Touched touched;
        List<Told> told = List.of();
        boolean reparented;

        Now(Set<Edge> without) {
            touched = new Touched(without);
        }
    }

    private final UnreadKernel players;
    private final Kernel audited;
    private final Lifetimes lifetimes;
    private final Findings findings;
    private final Plan plan;
    private final Set<Edge> without;
    private final SigchldWatch watch;
    private Actors actors;

    /** Never an old object: for each reference that is stored into one G1 wants a fence. */
    private Now now;

    private int unfreed;

    /** A subreaper or the end of a namespace, which concerns who knows whom: what is planned later comes after it. */
    private Ticket upheaval;

    private PlannedMoves(
            UnreadKernel players,
            Kernel audited,
            Lifetimes lifetimes,
            Findings findings,
            Plan plan,
            SigchldWatch watch,
            Set<Edge> without) {
        super(players, lifetimes);
        this.players = players;
        this.audited = audited;
        this.lifetimes = lifetimes;
        this.findings = findings;
        this.plan = plan;
        this.watch = watch;
        this.without = without;
        now = new Now(without);
    }

    /** With a kernel of its own for the player. */
    static PlannedMoves create(Kernel audited, Lifetimes lifetimes, Findings findings, Plan plan, SigchldWatch watch) {
        return create(audited, lifetimes, findings, plan, watch, EnumSet.noneOf(Edge.class));
    }

    /** As {@link #create}, with edges left out. */
    static PlannedMoves create(
            Kernel audited,
            Lifetimes lifetimes,
            Findings findings,
            Plan plan,
            SigchldWatch watch,
            EnumSet<Edge> without) {
        Witness witness = new Witness();
        UnreadKernel players =
                UnreadKernel.create("replay plan", audited.scheduler().cpus(), witness);
        PlannedMoves moves = new PlannedMoves(players, audited, lifetimes, findings, plan, watch, without);
        witness.moves = moves;
        return moves;
    }

    void of(Actors all) {
        actors = all;
    }

    @Override
    void playing(TraceEvent played) {
        boolean free = ++unfreed == FREED_EVERY;
        if (free) {
            unfreed = 0;
            now = new Now(without);
        }
        now.event = played;
        if (free) {
            players.quiescentState(); // between two events nobody holds a task
        }
    }

    /** Ends the player's kernel. */
    @Override
    public void close() {
        kernel.close();
    }

    // What the player's kernel tells

    private void told(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
        watch.sigchld(current, parent, sent);
        Actor whose = actors.of(child);
        Actor who = actors.of(parent);
        if (whose != null) {
            if (now.told.isEmpty()) {
                now.told = new ArrayList<>(2);
            }
            now.told.add(new Told(whose.life, who == null ? null : who.group, sent));
            now.touched.changes(whose.group.kin, Edge.LAST_THREAD);
        }
        if (who != null) {
            now.touched.reliesOn(who.group.kin, Edge.KIN);
        }
    }

    private void reparented(TaskStruct task, TaskStruct parent) {
        now.reparented = true;
        Actor child = actors.of(task);
        Actor reaper = actors.of(parent);
        if (child != null) {
            now.touched.changes(child.group.kin, Edge.KIN);
        }
        if (reaper != null) {
            now.touched.reliesOn(reaper.group.kin, Edge.KIN);
            reaper.group.hasKin = true;
        }
    }

    @Override
    boolean mayHaveKin(Actor actor) {
        return actor.group.hasKin;
    }

    // The changes

    private void begin() {
        now.touched.clear();
        now.told = List.of();
        now.reparented = false;
    }

    private void plan(int cpu, Lifetime life, Runnable action) {
        plan.add(cpu, new Step(now.event, life, now.touched.tickets(null), action));
    }

    private void planKin(int cpu, Lifetime life, Runnable action) {
        plan.add(cpu, new Step(now.event, life, now.touched.tickets(upheaval), action));
    }

    /** After all that is planned so far, and before all that is planned later and has to do with kin. */
    private void planUpheaval(int cpu, Lifetime life, Runnable action) {
        if (without.contains(Edge.UPHEAVAL)) {
            planKin(cpu, life, action);
            return;
        }
        Once once = new Once(plan.afterAll());
        Tickets tickets = now.touched.tickets(once);
        plan.add(cpu, new Step(now.event, life, tickets, action));
        upheaval = once.happened();
    }

    @Override
    void born(Actor actor, Actor parent, long cloneFlags, Actor formerOwner) {
        Lifetime life = actor.life;
        lifetimes.add(life);
        if (actor.task == kernel.init()) {
            life.begin(audited.init());
            lifetimes.begun(life);
            return;
        }
        begin();
        now.touched.changes(actor.run, Edge.FORK);
        boolean thread = (cloneFlags & CloneFlags.CLONE_THREAD) != 0;
        if (parent != null) {
            now.touched.reliesOn(parent.run, Edge.FORK);
            now.touched.reliesOn(parent.group.kin, Edge.INHERIT);
        }
        if (!thread) {
            now.touched.changes(actor.group.kin, Edge.FORK);
            Actor natural = actors.of(kernel.parentOf(actor.task));
            if (natural != null) {
                natural.group.hasKin = true;
                now.touched.reliesOn(natural.group.kin, Edge.KIN);
            }
        }
        if (formerOwner != null) {
            now.touched.changes(formerOwner.group.kin, Edge.REUSE);
        }
        int nr = actor.task.pid();
        planKin(now.event.cpu(), life, () -> {
            TaskStruct maker = parent == null ? audited.init() : parent.life.task();
            life.begin(audited.fork().copyProcess(maker, cloneFlags, nr));
            lifetimes.begun(life);
        });
    }

    @Override
    void beginNewExec(Actor actor) {
        begin();
        now.touched.reliesOn(actor.run, Edge.SWITCH);
        SigchldAction before = kernel.signals().sigchldAction(actor.task);
        super.beginNewExec(actor);
        if (actor.group.threaded) {
            now.touched.changes(actor.group.kin, Edge.EXEC);
        }
        if (before != kernel.signals().sigchldAction(actor.task)) {
            now.touched.changes(actor.group.kin, Edge.INHERIT);
        } else {
            now.touched.reliesOn(actor.group.kin, Edge.INHERIT);
        }
        planKin(now.event.cpu(), actor.life, () -> audited.exec().beginNewExec(actor.life.task()));
    }

    @Override
    void deThread(Actor thread, Actor leader) {
        begin();
        now.touched.reliesOn(thread.run, Edge.SWITCH);
        reliesOnParentOf(leader);
        super.deThread(thread, leader);
        now.touched.changes(thread.group.kin, Edge.EXEC);
        planKin(now.event.cpu(), thread.life, () -> audited.exec().deThread(thread.life.task()));
    }

    @Override
    void exitSignals(Actor actor) {
        begin();
        kernel.exit().exitSignals(actor.task);
        now.touched.changes(actor.run, Edge.END);
        if (actor.group.hasKin) {
            now.touched.changes(actor.group.kin, Edge.KIN); // whether it can still be given children
        } else {
            now.touched.reliesOn(actor.group.kin, Edge.KIN);
        }
        planKin(now.event.cpu(), actor.life, () -> {
            audited.exit().exitSignals(actor.life.task());
            actor.life.exitBegun = true;
        });
    }

    @Override
    boolean zapPidNsProcesses(Actor actor) {
        if (!isNamespaceInit(actor)) {
            return super.zapPidNsProcesses(actor);
        }
        begin();
        boolean empty = super.zapPidNsProcesses(actor);
        now.touched.changes(actor.group.kin, Edge.UPHEAVAL);
        planUpheaval(actor.cpu, actor.life, () -> audited.exit().zapPidNsProcesses(actor.life.task()));
        return empty;
    }

    /** It, or the leader of its group, is number 1 where it lives. */
    private boolean isNamespaceInit(Actor actor) {
        return kernel.waits().nrSeenBy(actor.task, actor.task) == NSPROXY_INIT
                || (actor.group.threaded
                        && !actor.group.leader.isGone()
                        && kernel.waits().nrSeenBy(actor.task, actor.group.leader.task) == NSPROXY_INIT);
    }

    @Override
    void exitNotify(Actor actor) {
        boolean namespaceInit = isNamespaceInit(actor);
        begin();
        reliesOnParentOf(actor);
        RuntimeException refused = null;
        try {
            kernel.exit().exitNotify(actor.task);
        } catch (IllegalStateException e) {
            refused = e;
        }
        now.touched.changes(actor.run, Edge.END);
        if (now.reparented) {
            now.touched.changes(actor.group.kin, Edge.KIN);
        }
        if (!now.told.isEmpty() || (actor.leads() && actor.group.isEmptyBut(actor))) {
            now.touched.changes(actor.group.kin, Edge.LAST_THREAD);
        } else {
            now.touched.reliesOn(actor.group.kin, Edge.LAST_THREAD);
        }
        if (now.reparented) {
            reliesOnAncestorsOf(actor);
        }
        boolean dead = actor.task.exitState() == TaskStruct.EXIT_DEAD;
        List<Told> expected = now.told;
        Runnable action = () -> {
            actor.life.notified = true;
            CpuThread thread = CpuThread.beginTelling();
            audited.exit().exitNotify(actor.life.task());
            compare(actor.life, expected, thread);
            boolean deadToo = actor.life.task().exitState() == TaskStruct.EXIT_DEAD;
            if (dead != deadToo) {
                findings.proven(
                        actor.life,
                        deadToo
                                ? "it reaped itself in racy order, in the recording's it is a zombie"
                                : "it is a zombie in racy order, in the recording's it reaped itself");
            }
        };
        if (namespaceInit) {
            planUpheaval(actor.cpu, actor.life, action);
        } else {
            planKin(actor.cpu, actor.life, action);
        }
        if (refused != null) {
            throw refused;
        }
    }

    private void compare(Lifetime life, List<Told> expected, CpuThread thread) {
        List<Told> told = thread.told();
        if (!Told.same(expected, told)) {
            findings.proven(life, "ends are told in racy order as " + told + ", in the recording's as " + expected);
        }
    }

    private void reliesOnParentOf(Actor actor) {
        Actor parent = actors.of(kernel.parentOf(actor.task));
        if (parent != null) {
            now.touched.reliesOn(parent.group.kin, Edge.KIN);
        }
    }

    /** Where a subreaper may be, alive or not. */
    private void reliesOnAncestorsOf(Actor actor) {
        TaskStruct task = actor.task;
        for (int i = 0; i < MAX_ANCESTORS; i++) {
            task = kernel.parentOf(task);
            Actor ancestor = task == null ? null : actors.of(task);
            if (ancestor == null || task == kernel.init()) {
                return;
            }
            now.touched.reliesOn(ancestor.group.kin, Edge.KIN);
        }
    }

    @Override
    void setSigchldAction(TaskStruct parent, SigchldAction action) {
        begin();
        super.setSigchldAction(parent, action);
        Actor actor = actors.of(parent);
        now.touched.changes(actor.group.kin, Edge.INHERIT);
        planKin(now.event.cpu(), actor.life, () -> audited.signals().setSigchldAction(actor.life.task(), action));
    }

    @Override
    boolean reap(TaskStruct parent, Actor zombie, Wait.WaitOpts opts) {
        begin();
        boolean reaped = super.reap(parent, zombie, opts);
        if (!reaped) {
            return false;
        }
        now.touched.changes(zombie.group.kin, Edge.REAP);
        Actor reaper = actors.of(parent);
        if (reaper != null) {
            now.touched.reliesOn(reaper.group.kin, Edge.KIN);
        }
        List<Told> expected = now.told;
        planKin(now.event.cpu(), zombie.life, () -> {
            CpuThread thread = CpuThread.beginTelling();
            TaskStruct current = reaper == null ? audited.init() : reaper.life.task();
            if (!audited.waits().waitTaskZombie(current, zombie.life.task(), opts)) {
                findings.proven(zombie.life, "the kernel's wait reaped it, in racy order it is no zombie");
            }
            compare(zombie.life, expected, thread);
        });
        return true;
    }

    @Override
    void foundNoChild(WaitCall call) {
        Actor caller = call.caller;
        if (kernel.waits().isChild(caller.task, call.opts)) {
            return; // it came after the scan, and the step would come after it
        }
        begin();
        now.touched.changes(caller.group.kin, Edge.NO_CHILD); // after every end of a child
        planKin(now.event.cpu(), caller.life, () -> {
            if (audited.waits().isChild(caller.life.task(), call.opts)) {
                findings.proven(caller.life, "wait returned -ECHILD (no child), in racy order there is one");
            }
        });
    }

    @Override
    void unsharePidNs(Actor actor) {
        super.unsharePidNs(actor);
        begin();
        now.touched.changes(actor.group.kin, Edge.INHERIT);
        planKin(now.event.cpu(), actor.life, () -> audited.fork().unsharePidNs(actor.life.task()));
    }

    @Override
    void setChildSubreaper(Actor actor, boolean on) {
        super.setChildSubreaper(actor, on);
        begin();
        now.touched.changes(actor.group.kin, Edge.UPHEAVAL);
        planUpheaval(now.event.cpu(), actor.life, () -> audited.signals().setChildSubreaper(actor.life.task(), on));
    }

    @Override
    void traceme(Actor actor) {
        begin();
        super.traceme(actor);
        traces(actors.of(kernel.parentOf(actor.task)), actor);
        planKin(now.event.cpu(), actor.life, () -> audited.ptrace().traceme(actor.life.task()));
    }

    @Override
    boolean attach(Actor tracer, Actor tracee) {
        begin();
        reliesOnParentOf(tracee);
        if (!super.attach(tracer, tracee)) {
            return false;
        }
        traces(tracer, tracee);
        planKin(now.event.cpu(), tracee.life, () -> {
            if (!audited.ptrace().attach(tracer.life.task(), tracee.life.task())) {
                findings.proven(tracee.life, "it is traced in the recording, in racy order it cannot be");
            }
        });
        return true;
    }

    private void traces(Actor tracer, Actor tracee) {
        now.touched.changes(tracee.group.kin, Edge.TRACER);
        if (tracer != null) {
            now.touched.reliesOn(tracer.group.kin, Edge.TRACER);
            tracer.group.hasKin = true;
        }
    }

    @Override
    void detach(Actor tracer, Actor tracee) {
        begin();
        super.detach(tracer, tracee);
        traces(tracer, tracee);
        List<Told> expected = now.told;
        planKin(now.event.cpu(), tracee.life, () -> {
            CpuThread thread = CpuThread.beginTelling();
            audited.ptrace().detach(tracer.life.task(), tracee.life.task());
            compare(tracee.life, expected, thread);
        });
    }

    @Override
    void contextSwitch(int cpu, Actor prev, Actor next, boolean prevDead) {
        if (prev == null && next == null) {
            return; // from idle to idle, as far as the recording's tasks go
        }
        // Nobody asks the player's kernel who runs; the scheduler's last user goes in the audited one alone.
        if (prevDead) {
            kernel.scheduler().doTaskDead(prev.task);
        }
        begin();
        if (prev != null) {
            now.touched.changes(prev.run, Edge.SWITCH);
        }
        if (next != null) {
            now.touched.changes(next.run, Edge.SWITCH);
        }
        Lifetime off = prev == null ? null : prev.life;
        Lifetime on = next == null ? null : next.life;
        plan(cpu, off == null ? on : off, () -> {
            if (prevDead) {
                off.switchedOut = true;
            }
            audited.scheduler().contextSwitch(cpu, on == null ? audited.idle() : on.task(), prevDead);
        });
    }
}
