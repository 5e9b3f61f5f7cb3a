package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.load.Action.Outcome;
import org.jurcu.task.trace.SignalResult;

/** The simulated {@code do_exit}, {@code exit_notify} and {@code release_task}. */
final class Deaths {
    private static final int SIGKILL = 9;
    private static final int SIGCHLD = 17;
    private static final int CLD_EXITED = 1;
    private static final int CLD_KILLED = 2;
    private static final int SI_KERNEL = 128;
    private static final long ERESTARTSYS = 512;

    /** How long a parent outside takes to reap. */
    private static final int LONGEST_OUTSIDE_WAIT = 3_000_000;

    private final Machine machine;
    private final Dice dice;
    private final Recorder recorder;
    private final SimTask init;
    private final Stops stops;
    private final GracePeriods gracePeriods;
    private long frees;

    Deaths(Machine machine, Dice dice, Recorder recorder, SimTask init, Stops stops) {
        this.machine = machine;
        this.dice = dice;
        this.recorder = recorder;
        this.init = init;
        this.stops = stops;
        gracePeriods = new GracePeriods(machine, dice, this::delayedPut);
        machine.onKilled(this::dieKilled);
    }

    long frees() {
        return frees;
    }

    /** What is left of a life once its program has ended. */
    Action[] end() {
        return new Action[] {this::begin, this::zapNamespace, this::notifyParent, this::lastSwitch};
    }

    private Outcome dieKilled(SimTask current, Cpu cpu) {
        if (current.inSyscall != null) {
            recorder.leave(cpu, current.inSyscall, -ERESTARTSYS);
            current.inSyscall = null;
        }
        if (current.group.execing == current) {
            current.group.execing = null;
        }
        current.script.clear();
        current.first(end());
        return current.script.removeFirst().run(current, cpu);
    }

    private Outcome begin(SimTask current, Cpu cpu) {
        current.exiting = true;
        recorder.exit(cpu, current, --current.group.live == 0);
        wakeGroup(current.group); // CLONE_CHILD_CLEARTID: whoever joins it goes on
        return Outcome.DONE;
    }

    void wakeGroup(SimGroup group) {
        for (SimTask t : group.threads) {
            machine.wake(t);
        }
    }

    /** {@code zap_pid_ns_processes}, if {@code current} is the last thread of a namespace's init. */
    private Outcome zapNamespace(SimTask current, Cpu cpu) {
        SimNamespace ns = current.ns;
        if (ns.reaper != current || current.group.alive() != null) {
            return Outcome.DONE;
        }
        current.group.sigchld = SimGroup.Sigchld.IGNORE;
        for (SimTask t : List.copyOf(ns.members)) {
            if (t != current && !t.killed && t.leads()) {
                recorder.signal(cpu, SIGKILL, SI_KERNEL, t, SignalResult.DELIVERED);
                t.group.threads.forEach(this::kill);
            }
        }
        current.first(this::reapNamespace);
        return Outcome.DONE;
    }

    /** {@code kernel_wait4} until there is no child, then until nobody is left. */
    private Outcome reapNamespace(SimTask current, Cpu cpu) {
        if (!current.children.isEmpty()) {
            recorder.waiting(cpu, current, 0);
            current.first(this::reapOneOfNamespace);
            return Outcome.DONE;
        }
        return current.ns.members.size() > 1 ? Outcome.SLEEP : Outcome.DONE;
    }

    private Outcome reapOneOfNamespace(SimTask current, Cpu cpu) {
        for (SimTask child : List.copyOf(current.children)) {
            if (child.isZombie() && child.group.isEmptyBut(child)) {
                child.exitState = SimTask.ExitState.DEAD;
                release(cpu, current, child);
                current.first(this::reapNamespace);
                return Outcome.DONE;
            }
        }
        if (!current.children.isEmpty()) {
            return Outcome.SLEEP;
        }
        current.first(this::reapNamespace);
        return Outcome.DONE;
    }

    /** SIGKILL. */
    void kill(SimTask task) {
        task.killed = true;
        machine.wake(task);
    }

    /** {@code exit_notify}. */
    private Outcome notifyParent(SimTask current, Cpu cpu) {
        List<SimTask> dead = new ArrayList<>(0);
        exitPtrace(cpu, current, dead);
        reparent(cpu, current, dead);
        current.exitState = SimTask.ExitState.ZOMBIE;
        boolean autoreap =
                !current.leads() || (current.group.isEmptyBut(current) && tellOfEnd(cpu, current, current.killed));
        if (autoreap) {
            current.exitState = SimTask.ExitState.DEAD;
            dead.add(current);
        }
        wakeExec(current.group);
        dead.forEach(p -> release(cpu, current, p));
        for (int i = dice.below(2) + current.linger; i > 0; i--) {
            current.first((t, c) -> Outcome.DONE);
        }
        return Outcome.DONE;
    }

    /** A tracer ends: zombies that it did not reap are told of anew, to their parents. */
    private void exitPtrace(Cpu cpu, SimTask tracer, List<SimTask> dead) {
        for (SimTask p : Traces.letGo(tracer)) {
            stops.goOn(p);
            if (p.isZombie() && p.parent.group != tracer.group && tellOfEnd(cpu, p, p.killed)) {
                p.exitState = SimTask.ExitState.DEAD;
                dead.add(p);
            }
        }
    }

    /**
     * A wait has taken a zombie that the waiter's process traces, and that is another's child: now its parent is told, or
     * wants no zombie.
     */
    void reapTracee(Cpu cpu, SimTask current, SimTask p) {
        Traces.unlink(p);
        if (tellOfEnd(cpu, p, p.killed)) {
            p.exitState = SimTask.ExitState.DEAD;
            release(cpu, current, p);
        }
    }

    void wakeExec(SimGroup group) {
        if (group.execing != null) {
            machine.wake(group.execing);
        }
    }

    private void reparent(Cpu cpu, SimTask father, List<SimTask> dead) {
        if (father.children.isEmpty()) {
            return;
        }
        SimTask reaper = newReaper(father);
        for (SimTask child : List.copyOf(father.children)) {
            child.group.threads.forEach(t -> t.parent = reaper);
            father.children.remove(child);
            reaper.children.add(child);
            if (reaper.group != father.group
                    && child.isZombie()
                    && child.group.isEmptyBut(child)
                    && child.tracer == null
                    && tellOfEnd(cpu, child, child.killed)) {
                child.exitState = SimTask.ExitState.DEAD;
                dead.add(child);
            }
            machine.wake(child); // one that waited to be an orphan
        }
    }

    private SimTask newReaper(SimTask father) {
        SimTask thread = father.group.alive();
        if (thread != null) {
            return thread;
        }
        if (father.group.hasSubreaper) {
            for (SimTask r = father.parent; r != init && r.ns.level == father.ns.level; r = r.parent) {
                if (r.group.isSubreaper && r.group.alive() != null) {
                    return r.group.alive();
                }
            }
        }
        return father.ns.reaper;
    }

    /** {@code do_notify_parent}: whether the parent wants no zombie. A tracer is told whatever it wants, and it reaps. */
    private boolean tellOfEnd(Cpu cpu, SimTask child, boolean killed) {
        SimTask parent = child.told();
        SimGroup.Sigchld wish = parent.group.sigchld;
        boolean ignored = wish == SimGroup.Sigchld.IGNORE;
        if (!ignored || child.tracer != null) {
            SignalResult result = ignored ? SignalResult.IGNORED : SignalResult.DELIVERED;
            recorder.signal(cpu, SIGCHLD, killed ? CLD_KILLED : CLD_EXITED, parent, result);
        }
        wakeGroup(parent.group);
        if (child.tracer != null) {
            return false;
        }
        if (parent.outside) {
            machine.timers().at(machine.clock() + 1 + dice.below(LONGEST_OUTSIDE_WAIT), () -> reapOutside(child));
        }
        return wish != SimGroup.Sigchld.DEFAULT;
    }

    private void reapOutside(SimTask child) {
        child.exitState = SimTask.ExitState.DEAD;
        release(machine.anyCpu(), child.parent, child);
    }

    /** {@code release_task}; a leader that only waited for its last thread may go with it. */
    void release(Cpu cpu, SimTask current, SimTask p) {
        SimGroup group = p.group;
        Traces.unlink(p);
        group.threads.remove(p);
        p.parent.children.remove(p);
        if (p.leads()) {
            group.pgrp.leave(p.ns);
        }
        if (group.pgrp.mayGiveBack(p.numbers)) {
            SimPgrp.giveBack(p.ns, p.numbers);
        }
        for (SimNamespace ns = p.ns; ns != null; ns = ns.parent) {
            ns.members.remove(p);
            if (ns.reaper != null && ns.reaper.exiting) {
                machine.wake(ns.reaper);
            }
        }
        wakeExec(group);
        putUser(p);
        SimTask leader = group.leader;
        if (p != leader && leader.isZombie() && group.isEmptyBut(leader) && tellOfEnd(cpu, leader, leader.killed)) {
            leader.exitState = SimTask.ExitState.DEAD;
            release(cpu, current, leader);
        }
    }

    private Outcome lastSwitch(SimTask current, Cpu cpu) {
        putUser(current);
        return Outcome.DEAD;
    }

    private void putUser(SimTask p) {
        if (--p.users == 0) {
            gracePeriods.call(p);
        }
    }

    private void delayedPut(SimTask p) {
        frees++;
        recorder.free(machine.anyCpu(), p);
    }
}
