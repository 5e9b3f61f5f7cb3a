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
    private static final int FREED_EVERY = 256;

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

    private final UnreadKernel players;
    private final Kernel audited;
    private final Lifetimes lifetimes;
    private final Findings findings;
    private final Plan plan;
    private final Set<Edge> without;
    private final SigchldWatch watch;
    private Actors actors;

    private TraceEvent event;
    private int unfreed;

    // What the change that is being made touches.
    private final Touched touched;
    private List<Told> told = List.of();
    private boolean reparented;

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
        touched = new Touched(without);
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
        event = played;
        if (++unfreed == FREED_EVERY) {
            unfreed = 0;
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
            if (told.isEmpty()) {
                told = new ArrayList<>(2);
            }
            told.add(new Told(whose.life, who == null ? null : who.group, sent));
            touched.changes(whose.group.kin, Edge.LAST_THREAD);
        }
        if (who != null) {
            touched.reliesOn(who.group.kin, Edge.KIN);
        }
    }

    private void reparented(TaskStruct task, TaskStruct parent) {
        reparented = true;
        Actor child = actors.of(task);
        Actor reaper = actors.of(parent);
        if (child != null) {
            touched.changes(child.group.kin, Edge.KIN);
        }
        if (reaper != null) {
            touched.reliesOn(reaper.group.kin, Edge.KIN);
            reaper.group.hasKin = true;
        }
    }

    // The changes

    private void begin() {
        touched.clear();
        told = List.of();
        reparented = false;
    }

    private void plan(int cpu, Lifetime life, Runnable action) {
        plan.add(cpu, new Step(event, life, touched.tickets(null), action));
    }

    private void planKin(int cpu, Lifetime life, Runnable action) {
        plan.add(cpu, new Step(event, life, touched.tickets(upheaval), action));
    }

    /** After all that is planned so far, and before all that is planned later and has to do with kin. */
    private void planUpheaval(int cpu, Lifetime life, Runnable action) {
        if (without.contains(Edge.UPHEAVAL)) {
            planKin(cpu, life, action);
            return;
        }
        Once once = new Once(plan.afterAll());
        Tickets tickets = touched.tickets(once);
        plan.add(cpu, new Step(event, life, tickets, action));
        upheaval = once.happened();
    }

    @Override
    void born(Actor actor, Actor parent, long cloneFlags, Actor formerOwner) {
        Lifetime life = actor.life;
        if (actor.task == kernel.init()) {
            life.begin(audited.init());
            lifetimes.add(life);
            return;
        }
        begin();
        touched.changes(actor.run, Edge.FORK);
        boolean thread = (cloneFlags & CloneFlags.CLONE_THREAD) != 0;
        if (parent != null) {
            touched.reliesOn(parent.run, Edge.FORK);
            touched.reliesOn(parent.group.kin, Edge.INHERIT);
        }
        if (!thread) {
            touched.changes(actor.group.kin, Edge.FORK);
            Actor natural = actors.of(kernel.parentOf(actor.task));
            if (natural != null) {
                natural.group.hasKin = true;
                touched.reliesOn(natural.group.kin, Edge.KIN);
            }
        }
        if (formerOwner != null) {
            touched.changes(formerOwner.group.kin, Edge.REUSE);
        }
        int nr = actor.task.pid();
        planKin(event.cpu(), life, () -> {
            TaskStruct maker = parent == null ? audited.init() : parent.life.task();
            life.begin(audited.fork().copyProcess(maker, cloneFlags, nr));
            lifetimes.add(life);
        });
    }

    @Override
    void beginNewExec(Actor actor) {
        begin();
        touched.reliesOn(actor.run, Edge.SWITCH);
        SigchldAction before = kernel.signals().sigchldAction(actor.task);
        super.beginNewExec(actor);
        if (actor.group.threaded) {
            touched.changes(actor.group.kin, Edge.EXEC);
        }
        if (before != kernel.signals().sigchldAction(actor.task)) {
            touched.changes(actor.group.kin, Edge.INHERIT);
        } else {
            touched.reliesOn(actor.group.kin, Edge.INHERIT);
        }
        planKin(event.cpu(), actor.life, () -> audited.exec().beginNewExec(actor.life.task()));
    }

    @Override
    void deThread(Actor thread, Actor leader) {
        begin();
        touched.reliesOn(thread.run, Edge.SWITCH);
        reliesOnParentOf(leader);
        super.deThread(thread, leader);
        touched.changes(thread.group.kin, Edge.EXEC);
        planKin(event.cpu(), thread.life, () -> audited.exec().deThread(thread.life.task()));
    }

    @Override
    void exitSignals(Actor actor) {
        begin();
        kernel.exit().exitSignals(actor.task);
        touched.changes(actor.run, Edge.END);
        if (actor.group.hasKin) {
            touched.changes(actor.group.kin, Edge.KIN); // whether it can still be given children
        } else {
            touched.reliesOn(actor.group.kin, Edge.KIN);
        }
        planKin(event.cpu(), actor.life, () -> {
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
        touched.changes(actor.run, Edge.END);
        touched.changes(actor.group.kin, Edge.UPHEAVAL);
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
        touched.changes(actor.run, Edge.END);
        if (reparented) {
            touched.changes(actor.group.kin, Edge.KIN);
        }
        if (!told.isEmpty() || (actor.leads() && actor.group.isEmptyBut(actor))) {
            touched.changes(actor.group.kin, Edge.LAST_THREAD);
        } else {
            touched.reliesOn(actor.group.kin, Edge.LAST_THREAD);
        }
        if (reparented) {
            reliesOnAncestorsOf(actor);
        }
        boolean dead = actor.task.exitState() == TaskStruct.EXIT_DEAD;
        List<Told> expected = told;
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
        List<Told> now = thread.told();
        if (!Told.same(expected, now)) {
            findings.proven(life, "ends are told in racy order as " + now + ", in the recording's as " + expected);
        }
    }

    private void reliesOnParentOf(Actor actor) {
        Actor parent = actors.of(kernel.parentOf(actor.task));
        if (parent != null) {
            touched.reliesOn(parent.group.kin, Edge.KIN);
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
            touched.reliesOn(ancestor.group.kin, Edge.KIN);
        }
    }

    @Override
    void setSigchldAction(TaskStruct parent, SigchldAction action) {
        begin();
        super.setSigchldAction(parent, action);
        Actor actor = actors.of(parent);
        touched.changes(actor.group.kin, Edge.INHERIT);
        planKin(event.cpu(), actor.life, () -> audited.signals().setSigchldAction(actor.life.task(), action));
    }

    @Override
    boolean reap(TaskStruct parent, Actor zombie, Wait.WaitOpts opts) {
        begin();
        boolean reaped = super.reap(parent, zombie, opts);
        if (!reaped) {
            return false;
        }
        touched.changes(zombie.group.kin, Edge.REAP);
        Actor reaper = actors.of(parent);
        if (reaper != null) {
            touched.reliesOn(reaper.group.kin, Edge.KIN);
        }
        List<Told> expected = told;
        planKin(event.cpu(), zombie.life, () -> {
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
        touched.changes(caller.group.kin, Edge.NO_CHILD); // after every end of a child
        planKin(event.cpu(), caller.life, () -> {
            if (audited.waits().isChild(caller.life.task(), call.opts)) {
                findings.proven(caller.life, "wait returned -ECHILD (no child), in racy order there is one");
            }
        });
    }

    @Override
    void unsharePidNs(Actor actor) {
        super.unsharePidNs(actor);
        begin();
        touched.changes(actor.group.kin, Edge.INHERIT);
        planKin(event.cpu(), actor.life, () -> audited.fork().unsharePidNs(actor.life.task()));
    }

    @Override
    void setChildSubreaper(Actor actor, boolean on) {
        super.setChildSubreaper(actor, on);
        begin();
        touched.changes(actor.group.kin, Edge.UPHEAVAL);
        planUpheaval(event.cpu(), actor.life, () -> audited.signals().setChildSubreaper(actor.life.task(), on));
    }

    @Override
    void traceme(Actor actor) {
        begin();
        super.traceme(actor);
        traces(actors.of(kernel.parentOf(actor.task)), actor);
        planKin(event.cpu(), actor.life, () -> audited.ptrace().traceme(actor.life.task()));
    }

    @Override
    boolean attach(Actor tracer, Actor tracee) {
        begin();
        reliesOnParentOf(tracee);
        if (!super.attach(tracer, tracee)) {
            return false;
        }
        traces(tracer, tracee);
        planKin(event.cpu(), tracee.life, () -> {
            if (!audited.ptrace().attach(tracer.life.task(), tracee.life.task())) {
                findings.proven(tracee.life, "it is traced in the recording, in racy order it cannot be");
            }
        });
        return true;
    }

    private void traces(Actor tracer, Actor tracee) {
        touched.changes(tracee.group.kin, Edge.TRACER);
        if (tracer != null) {
            touched.reliesOn(tracer.group.kin, Edge.TRACER);
            tracer.group.hasKin = true;
        }
    }

    @Override
    void detach(Actor tracer, Actor tracee) {
        begin();
        super.detach(tracer, tracee);
        traces(tracer, tracee);
        List<Told> expected = told;
        planKin(event.cpu(), tracee.life, () -> {
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
            touched.changes(prev.run, Edge.SWITCH);
        }
        if (next != null) {
            touched.changes(next.run, Edge.SWITCH);
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
