package org.jurcu.task.replay;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jurcu.task.CloneFlags;
import org.jurcu.task.Kernel;
import org.jurcu.task.SigchldAction;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Wait;
import org.jurcu.task.replay.Findings.Inference;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceVisitor;

/**
 * Plays the recording's events on the model: what user space did is done, what the kernel made of it is compared. One
 * CPU's thread at a time, each in its turn.
 *
 * <p>The recording tells when {@code do_exit} began but not when {@code exit_notify} ran. The model runs it when a
 * later event shows that the kernel's must have: a SIGCHLD from within it, the last switch, an exec that waited for it,
 * a wait that reaped it. docs/replay.md has the whole list.
 */
final class Player implements TraceVisitor {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PTRACE_TRACEME = 0;
    private static final int PTRACE_ATTACH = 16;
    private static final int PTRACE_DETACH = 17;
    private static final int PTRACE_SEIZE = 0x4206;
    private static final int CLD_DUMPED = 3;
    private static final int CLD_TRAPPED = 4;
    private static final int CLD_STOPPED = 5;
    private static final int P_ALL = 0;
    private static final int P_PID = 1;

    private static final Wait.WaitOpts ANY_CHILD = new Wait.WaitOpts(-1, Wait.WALL);
    private static final Wait.WaitOpts REAP = new Wait.WaitOpts(-1, Wait.WEXITED);

    private final Kernel kernel;
    private final Moves moves;
    private final Actors actors;
    private final Findings findings;
    private final SignalMatcher signals;
    private final PendingExits pending = new PendingExits();
    private final WaitMatcher waits;
    private final ByCpu<Actor> running = new ByCpu<>();
    private final ByCpu<TraceEvent.NewTask> newTasks = new ByCpu<>();
    /** A task that told a reaper of its zombie children, and may tell its own parent next. */
    private final ByCpu<Actor> inExitNotify = new ByCpu<>();

    private long forks;
    private long exits;
    private long kernelFrees;
    private final AtomicLong now = new AtomicLong();

    Player(Kernel kernel, Moves moves, Actors actors, Findings findings, SignalMatcher signals) {
        this.kernel = kernel;
        this.moves = moves;
        this.actors = actors;
        this.findings = findings;
        this.signals = signals;
        this.waits = new WaitMatcher(
                kernel,
                moves,
                actors,
                findings,
                pending,
                this::completeAsZombie,
                this::completeAutoreap,
                this::reapItself,
                this::reapFromOutside);
    }

    long forks() {
        return forks;
    }

    long exits() {
        return exits;
    }

    long kernelFrees() {
        return kernelFrees;
    }

    /** The recording's time of the event that is being played. */
    long now() {
        return now.getAcquire();
    }

    void play(TraceEvent event) {
        now.setRelease(event.timeNanos());
        try {
            moves.playing(event);
        } catch (RuntimeException e) {
            findings.mismatch(
                    event.pid(), "before line " + event.line() + ", what has been freed cannot be forgotten: " + e);
        }
        try {
            Actor inNotify = inExitNotify.get(event.cpu());
            if (inNotify != null && !(event instanceof TraceEvent.SignalGenerate)) {
                endWithoutOwnSignal(event.cpu(), inNotify);
            }
        } catch (RuntimeException e) {
            cannotBePlayed(event, e);
        }
        try {
            event.accept(this);
        } catch (RuntimeException e) {
            cannotBePlayed(event, e);
        }
    }

    private void cannotBePlayed(TraceEvent event, RuntimeException e) {
        findings.mismatch(event.pid(), "line " + event.line() + " cannot be played: " + e);
    }

    // Births

    @Override
    public void newTask(TraceEvent.NewTask event) {
        newTasks.put(event.cpu(), event);
    }

    @Override
    public void fork(TraceEvent.Fork event) {
        forks++;
        TraceEvent.NewTask newTask = newTasks.remove(event.cpu());
        long flags = newTask != null && newTask.childPid() == event.childPid() ? newTask.cloneFlags() : 0;
        Actor parent = runningOrAdopted(event.cpu(), event.parentPid());
        makeWay(event.childPid());
        Actor former = actors.get(event.childPid());
        Actor maker = parent;
        TaskStruct task;
        try {
            if (parent.isGone()) {
                throw new IllegalStateException("whoever made it has been freed");
            }
            task = kernel.fork().copyProcess(parent.task, flags, event.childPid());
        } catch (IllegalStateException e) {
            findings.mismatch(event.childPid(), "the kernel forked it, the model cannot: " + e.getMessage());
            task = kernel.fork().copyProcess(kernel.init(), 0);
            maker = null;
            flags = 0; // what stands for it is in nobody's group
        }
        boolean thread = (flags & CloneFlags.CLONE_THREAD) != 0;
        Actor.TaskGroup group = thread ? parent.group : new Actor.TaskGroup();
        Actor child = actors.add(new Actor(task, event.childPid(), group, parent, false));
        child.cpu = event.cpu();
        moves.born(child, maker, flags, former);
        waits.observe(parentsOf(child));
    }

    /** A number that is used again belongs to nobody: whoever had it has been released. */
    private void makeWay(int pid) {
        Actor old = actors.get(pid);
        if (old == null || !old.exitBegun || old.isGone()) {
            return;
        }
        if (!old.notified) {
            completeAsZombie(old);
        }
        reapFromOutside(old);
    }

    // Programs

    @Override
    public void exec(TraceEvent.Exec event) {
        Actor actor = actors.get(event.taskPid());
        if (event.oldPid() != event.taskPid() && (actor == null || !actor.deThreaded)) {
            Actor thread = runningOrAdopted(event.cpu(), event.oldPid());
            if (thread.group.leader.pid == event.taskPid()) {
                deThread(thread);
            }
            actor = thread;
        } else if (actor == null) {
            actor = actors.getOrAdopt(event.taskPid());
        }
        actor.deThreaded = false;
        actor.active = true;
        completeGroup(actor);
        try {
            moves.beginNewExec(actor);
        } catch (IllegalStateException e) {
            findings.mismatch(actor, "exec succeeded in the kernel, the model says: " + e.getMessage());
        }
    }

    /** The kernel's {@code de_thread} has given {@code thread} its leader's number. */
    private void deThread(Actor thread) {
        completeGroup(thread);
        Actor leader = thread.group.leader;
        try {
            moves.deThread(thread, leader);
        } catch (IllegalStateException e) {
            findings.mismatch(thread, "exec took the leader's place in the kernel, the model says: " + e.getMessage());
            return;
        }
        actors.swapPids(thread, leader);
        thread.group.leader = thread;
        thread.deThreaded = true;
        waits.observe();
    }

    // Ends

    @Override
    public void exit(TraceEvent.Exit event) {
        exits++;
        Actor actor = runningOrAdopted(event.cpu(), event.taskPid());
        actor.active = true;
        if (actor.exitBegun) {
            findings.mismatch(actor, "it exits twice in the recording, with no fork between");
            return;
        }
        beginExit(actor);
    }

    private void beginExit(Actor actor) {
        waits.abandon(actor);
        moves.exitSignals(actor);
        actor.exitBegun = true;
        pending.add(actor);
    }

    /** {@code exit_notify} of every other thread of the group that is in {@code do_exit}. */
    private void completeGroup(Actor actor) {
        if (actor.group.isEmptyBut(actor)) {
            return;
        }
        for (Actor other : pending.copy()) {
            if (other.group == actor.group && other != actor) {
                exitNotify(other);
            }
        }
    }

    private void exitNotify(Actor actor) {
        if (actor.notified) {
            return;
        }
        actor.notified = true;
        pending.remove(actor);
        Actor.TaskGroup parents = parentsOf(actor);
        List<WaitCall> aboutLeader = actor.leads() ? List.of() : waits.callsAbout(actor.group.leader);
        boolean givesAway = actor.group.hasTracees
                || (actor.group.isEmptyBut(actor) && kernel.waits().isChild(actor.task, ANY_CHILD));
        if (!moves.zapPidNsProcesses(actor)) {
            for (Actor other : pending.copy()) { // its processes are all in do_exit, or the model is wrong
                if (kernel.waits().nrSeenBy(actor.task, other.task) != 0) {
                    exitNotify(other);
                }
            }
        }
        try {
            moves.exitNotify(actor);
        } catch (IllegalStateException e) {
            findings.mismatch(actor, "its end is complete in the kernel, the model says: " + e.getMessage());
        }
        actor.group.members.remove(actor);
        if (givesAway) {
            waits.observe();
        } else {
            waits.observe(parents);
            waits.observe(actor.group); // whose next thread has its children now
            waits.observe(aboutLeader); // who may have become one to report
        }
    }

    /** A wait reaped it, or its number was given away: so its parent does not ignore it. */
    private void completeAsZombie(Actor actor) {
        if (!actor.notified && actor.leads() && !kernel.ptrace().isTraced(actor.task)) {
            inferSigchldAction(actor, SigchldAction.DEFAULT);
        }
        completeGroup(actor);
        exitNotify(actor);
    }

    /** Its parent has no child any more, and no wait took it: the parent wants no zombies, and was told or not. */
    private void completeAutoreap(Actor actor) {
        letGoInSilence(actor, true);
        completeGroup(actor);
        if (endIsToldToParent(actor)) {
            inferSigchldAction(actor, actor.kernelSignals.isEmpty() ? SigchldAction.IGNORE : SigchldAction.NO_CLD_WAIT);
        }
        exitNotify(actor);
    }

    private void inferSigchldAction(Actor child, SigchldAction action) {
        inferSigchldAction(child, kernel.parentOf(child.task), action);
    }

    /** {@code shownBy} an end of which {@code parent} was, or was not, told. */
    private void inferSigchldAction(Actor shownBy, TaskStruct parent, SigchldAction action) {
        if (!actors.isOutside(parent) && kernel.signals().sigchldAction(parent) != action) {
            moves.setSigchldAction(parent, action);
            shownBy.inferred = true;
            findings.infer(Inference.SIGCHLD_ACTION);
        }
    }

    @Override
    public void signalGenerate(TraceEvent.SignalGenerate event) {
        if (event.signal() != TraceEvent.SignalGenerate.SIGCHLD || event.code() <= 0 || event.code() > CLD_STOPPED) {
            return;
        }
        Actor sender = running(event.cpu(), event.pid());
        if (sender == null) {
            return;
        }
        Actor target = actors.get(event.targetPid());
        if (event.code() > CLD_DUMPED) {
            stopped(sender, target, event.code());
            return;
        }
        Actor.TaskGroup group = target == null || target.isOutside() ? null : target.group;
        if (sender.exitBegun && !sender.notified) {
            completeGroup(sender);
            Actor child = sender.leads() ? sender : sender.group.leader;
            if (!handsZombieOn(sender, target, group) && !handsLateZombieOn(sender, child, target, group)) {
                moveTo(child, target);
            }
            if (group != groupOf(kernel.parentOf(child.task))) {
                inExitNotify.put(event.cpu(), sender);
            } else {
                inExitNotify.remove(event.cpu());
                if (!mayIgnore(child)) {
                    exitNotify(sender);
                } // else the last switch will tell what the parent does with SIGCHLD
            }
        }
        signals.kernelSent(sender, new SignalMatcher.Sigchld(group, event.targetPid()));
    }

    /** Only reapers of its children were told: its own parent ignores it, or hears nothing of such a task. */
    private void endWithoutOwnSignal(int cpu, Actor actor) {
        inExitNotify.remove(cpu);
        if (!actor.notified) {
            if (endIsToldToParent(actor)) {
                inferSigchldAction(actor, SigchldAction.IGNORE);
            }
            exitNotify(actor);
        }
    }

    /** An untraced leader without threads. */
    private boolean endIsToldToParent(Actor actor) {
        return actor.leads()
                && actor.group.isEmptyBut(actor)
                && !kernel.ptrace().isTraced(actor.task);
    }

    /** The group of a task whose waits are recorded; null for one outside the recording. */
    private Actor.TaskGroup groupOf(TaskStruct task) {
        return actors.isOutside(task) ? null : actors.of(task).group; // task is a parent, so it is not gone
    }

    private Actor.TaskGroup parentsOf(Actor child) {
        Actor parent = actors.of(kernel.parentOf(child.task));
        return parent == null ? null : parent.group;
    }

    private boolean mayIgnore(Actor child) {
        return kernel.signals().sigchldAction(kernel.parentOf(child.task)) != SigchldAction.DEFAULT
                && !kernel.ptrace().isTraced(child.task);
    }

    /** Whether {@code target}, of that group, has yet to hear of a zombie that changes hands since {@code sender} ends. */
    private boolean handsZombieOn(Actor sender, Actor target, Actor.TaskGroup group) {
        if (target == null || !moves.mayHaveKin(sender)) {
            return false;
        }
        return SignalMatcher.kernelSentTo(sender, group, target.pid) < kernel.zombiesToldOf(sender.task, target.task);
    }

    /**
     * A zombie whose last switch is to come, and would have told whether its parent wanted none: whoever hears of its parent's
     * end, and is neither that one's parent nor heir to another zombie, hears of this.
     */
    private boolean handsLateZombieOn(Actor sender, Actor child, Actor target, Actor.TaskGroup group) {
        if (target == null || !moves.mayHaveKin(sender) || group == groupOf(kernel.parentOf(child.task))) {
            return false;
        }
        for (Actor other : pending.copy()) {
            if (!other.notified && !other.kernelSignals.isEmpty() && parentsOf(other) == sender.group) {
                completeAsZombie(other);
                if (handsZombieOn(sender, target, group)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whoever is told of {@code child} is its parent by now. */
    private void moveTo(Actor child, Actor target) {
        Actor parent = actors.of(kernel.parentOf(child.task));
        if (parent == null || (target != null && parent.group == target.group)) {
            return;
        }
        if (parent.exitBegun && !parent.notified) {
            completeGroup(parent);
            exitNotify(parent);
        } else if (target != null && !target.isOutside()) {
            inferTracer(child, target);
        }
    }

    /** A tracee's stop tells of a tracer that attached by itself. */
    private void stopped(Actor tracee, Actor tracer, int code) {
        if (tracer == null || tracee.exitBegun) {
            return;
        }
        Actor parent = actors.of(kernel.parentOf(tracee.task));
        if (code == CLD_TRAPPED || parent == null || parent.group != tracer.group) {
            inferTracer(tracee, tracer);
        }
    }

    private void inferTracer(Actor tracee, Actor tracer) {
        if (!tracer.exitBegun && moves.attach(tracer, tracee)) {
            findings.infer(Inference.TRACER);
        }
    }

    // Scheduling

    @Override
    public void switching(TraceEvent.Switch event) {
        int cpu = event.cpu();
        Actor prev = running(cpu, event.prevPid());
        Actor next = event.nextPid() == 0 ? null : actors.get(event.nextPid());
        if (next != null && runsElsewhere(next, cpu) && hasTakenLeadersPlace(next)) {
            deThread(next);
            next = actors.get(event.nextPid()); // the leader, on its way to its last switch
        }
        if (next != null && next.switchedOut) {
            next = null;
        }
        Actor on = running.get(cpu);
        if (prev != null && event.prevExited() && !prev.switchedOut) {
            lastSwitch(prev, event.prevDead());
            prev.switchedOut = true;
            boolean ended = prev.task.exitState() != 0; // the model may have refused to end it
            moves.contextSwitch(cpu, on, next, ended);
            signals.settle(prev);
        } else {
            if (prev != null) {
                waits.switchedOut(prev, event.prevState().startsWith("S"));
            }
            moves.contextSwitch(cpu, on, next, false);
        }
        running.put(cpu, next);
        if (next != null) {
            next.cpu = cpu;
            waits.switchedIn(next);
        }
    }

    /** Its end is complete: {@code dead} tells whether the kernel had released it before, or left a zombie. */
    private void lastSwitch(Actor actor, boolean dead) {
        if (!actor.exitBegun) {
            beginExit(actor); // it was in do_exit when the recording began
        }
        if (!actor.notified) {
            letGoInSilence(actor, dead);
        }
        boolean parentShows = endIsToldToParent(actor);
        if (!actor.notified) {
            if (parentShows) {
                inferFromLastSwitch(actor, dead);
            }
            exitNotify(actor);
        }
        if (actors.isOutside(kernel.parentOf(actor.task)) && dead) {
            reapFromOutside(actor);
            return;
        }
        boolean zombie = actor.task.exitState() == TaskStruct.EXIT_ZOMBIE;
        if (dead && zombie) {
            if (waits.mayHaveReaped(actor)) {
                waits.releasedInKernel(actor);
            } else if (wentWithItsParent(actor)) {
                return;
            } else if (parentShows) {
                reapItself(actor);
            } else {
                findings.mismatch(actor, "the kernel released it before its last switch, the model keeps a zombie");
            }
        } else if (!dead && !zombie && !isBeingZapped(actor)) {
            findings.mismatch(actor, "the kernel kept a zombie at its last switch, the model released it");
        }
    }

    /**
     * Its tracer is told of a tracee's end whatever it wants. So one whose end was told to nobody has no tracer any more:
     * who was it, and is in do_exit, has let it go.
     */
    private void letGoInSilence(Actor actor, boolean dead) {
        if (!actor.kernelSignals.isEmpty() || !kernel.ptrace().isTraced(actor.task)) {
            return;
        }
        Actor tracer = endingParentOf(actor);
        if (tracer != null) {
            if (dead) {
                inferSigchldAction(tracer, kernel.nextParentOf(actor.task), SigchldAction.IGNORE);
            }
            exitNotify(tracer);
        }
    }

    /** Who would be told of its end and has begun to exit; null if that one has not, or has done with it. */
    private Actor endingParentOf(Actor actor) {
        Actor parent = actors.of(kernel.parentOf(actor.task));
        return parent != null && parent.exitBegun && !parent.notified ? parent : null;
    }

    /**
     * Whoever was to reap a zombie that the kernel has released is in do_exit: its exit_notify has handed the zombie on, to one
     * who wants none. Whether that has released it in the model too.
     */
    private boolean wentWithItsParent(Actor zombie) {
        for (Actor parent = endingParentOf(zombie); parent != null; parent = endingParentOf(zombie)) {
            TaskStruct heir = kernel.nextParentOf(zombie.task);
            Actor.TaskGroup group = groupOf(heir);
            if (group != parent.group) {
                boolean told = SignalMatcher.kernelSentTo(parent, group, heir.pid()) != 0;
                inferSigchldAction(parent, heir, told ? SigchldAction.NO_CLD_WAIT : SigchldAction.IGNORE);
            }
            exitNotify(parent);
            if (zombie.isGone() || zombie.task.exitState() != TaskStruct.EXIT_ZOMBIE) {
                return true;
            }
        }
        return false;
    }

    /** Its parent is a namespace's init that empties it: the model reaps all its zombies at once, the kernel one by one. */
    private boolean isBeingZapped(Actor actor) {
        Actor parent = actors.of(kernel.parentOf(actor.task));
        return parent != null && parent.exitBegun && !parent.notified;
    }

    /** The kernel released a zombie that no wait took: its parent does not want zombies. */
    private void reapItself(Actor actor) {
        inferSigchldAction(actor, SigchldAction.NO_CLD_WAIT);
        List<WaitCall> calls = waits.callsAbout(actor);
        moves.reap(kernel.parentOf(actor.task), actor, REAP);
        waits.observe(calls);
    }

    /** A leader's parent tells by signal and release what it does with SIGCHLD, if no wait blurs it. */
    private void inferFromLastSwitch(Actor actor, boolean dead) {
        boolean told = !actor.kernelSignals.isEmpty();
        if (!dead) {
            inferSigchldAction(actor, SigchldAction.DEFAULT);
        } else if (told && mayIgnore(actor)) {
            inferSigchldAction(actor, SigchldAction.NO_CLD_WAIT);
        } else if (!told) {
            inferSigchldAction(actor, SigchldAction.IGNORE);
        }
    }

    // Waits

    @Override
    public void waiting(TraceEvent.Wait event) {
        Actor actor = running(event.cpu(), event.pid());
        if (actor != null && actor.exitBegun) {
            moves.zapPidNsProcesses(actor); // what it reaps, no wait sees: it is the last thread
        }
    }

    @Override
    public void syscallEnter(TraceEvent.SyscallEnter event) {
        Actor caller = runningOrAdopted(event.cpu(), event.pid());
        switch (event.syscall()) {
            case WAIT4 -> waits.begin(caller, event.intArg("upid"), event.intArg("options"), false);
            case WAITID -> waitid(caller, event);
            case UNSHARE -> {
                if ((event.arg("unshare_flags") & CloneFlags.CLONE_NEWPID) != 0) {
                    moves.unsharePidNs(caller);
                }
            }
            case PRCTL -> {
                if (event.intArg("option") == PR_SET_CHILD_SUBREAPER) {
                    moves.setChildSubreaper(caller, event.arg("arg2") != 0);
                }
            }
            case PTRACE -> ptrace(caller, event);
        }
    }

    private void waitid(Actor caller, TraceEvent.SyscallEnter event) {
        int which = event.intArg("which");
        int upid = which == P_PID ? event.intArg("upid") : which == P_ALL ? -1 : 0;
        waits.begin(caller, upid, event.intArg("options"), true);
    }

    private void ptrace(Actor caller, TraceEvent.SyscallEnter event) {
        int request = event.intArg("request");
        if (request == PTRACE_TRACEME) {
            moves.traceme(caller);
            return;
        }
        Actor tracee = actors.seenBy(caller.task, event.intArg("pid"));
        if (tracee == null) {
            return;
        }
        if (request == PTRACE_ATTACH || request == PTRACE_SEIZE) {
            moves.attach(caller, tracee);
        } else if (request == PTRACE_DETACH) {
            moves.detach(caller, tracee);
            waits.observe();
        }
    }

    @Override
    public void syscallExit(TraceEvent.SyscallExit event) {
        Actor caller = running(event.cpu(), event.pid());
        if (caller != null) {
            waits.end(caller, event.result());
        }
    }

    // The oracle

    @Override
    public void free(TraceEvent.Free event) {
        Actor actor = actors.takeUnfreed(event.taskPid());
        if (actor == null) {
            findings.infer(Inference.UNKNOWN_FREE);
            return;
        }
        kernelFrees++;
        moves.freed(actor, event.timeNanos());
        reapFromOutside(actor);
        waits.freedInKernel(actor);
    }

    /** The kernel shows that somebody reaped it: if its parent's waits are not recorded, it was its parent. */
    private void reapFromOutside(Actor actor) {
        if (actor.isGone() || actor.task.exitState() != TaskStruct.EXIT_ZOMBIE) {
            return;
        }
        TaskStruct parent = kernel.parentOf(actor.task);
        if (actors.isOutside(parent) || actors.of(parent).isUncertain()) {
            findings.infer(Inference.OUTSIDE_REAPER);
            moves.reap(parent, actor, REAP);
        }
    }

    /** The recording is over: what is still open is compared as far as it goes. */
    void finish() {
        actors.forEach(signals::settle);
    }

    /** Tasks that were in do_exit when the recording ended. */
    int unfinishedExits() {
        return pending.size();
    }

    // Who runs

    /** The task that the recording calls {@code pid} and that runs on {@code cpu}; null if it is none of ours. */
    private Actor running(int cpu, int pid) {
        if (pid == 0) {
            return null;
        }
        Actor on = running.get(cpu);
        Actor named = actors.get(pid);
        if (on == named || named == null) {
            return named;
        }
        if (on != null && on.group == named.group && !on.switchedOut) {
            // A thread and its leader have swapped numbers: exec's de_thread, whose event comes later.
            Actor thread = on.leads() ? named : on;
            Actor leader = on.leads() ? on : named;
            if (leader.leads() && hasTakenLeadersPlace(thread)) {
                deThread(thread);
                return on;
            }
        }
        if (!named.switchedOut) {
            switchIn(cpu, named); // not recorded: out of idle, or before the recording began
        }
        return named;
    }

    private boolean runsElsewhere(Actor actor, int cpu) {
        return actor.cpu != cpu && running.get(actor.cpu) == actor;
    }

    /** Of a thread whose number another task bears: a CPU runs that number while this one runs on another. */
    private static boolean hasTakenLeadersPlace(Actor thread) {
        return !thread.leads() && thread.group.leader.exitBegun && !thread.exitBegun;
    }

    private void switchIn(int cpu, Actor actor) {
        moves.contextSwitch(cpu, running.get(cpu), actor, false);
        running.put(cpu, actor);
        actor.cpu = cpu;
        waits.switchedIn(actor);
    }

    private Actor runningOrAdopted(int cpu, int pid) {
        Actor actor = running(cpu, pid);
        return actor != null ? actor : actors.getOrAdopt(pid);
    }
}
