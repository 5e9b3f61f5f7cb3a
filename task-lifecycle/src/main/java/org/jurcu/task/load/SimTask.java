package org.jurcu.task.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jurcu.task.trace.Syscall;

/** A simulated task. */
final class SimTask {
    /** {@code exit_state}. */
    enum ExitState {
        ALIVE,
        ZOMBIE,
        DEAD
    }

    final SimGroup group;
    final SimNamespace ns;
    final Deque<Action> script = new ArrayDeque<>(4);
    final List<SimTask> children = new ArrayList<>(0);
    final List<SimTask> tracees = new ArrayList<>(0);
    /** Of the machine, but not of the recorded tree: its waits leave no event. */
    final boolean outside;

    String comm;
    /** Its numbers by namespace, the outermost first. */
    int[] numbers;

    SimTask parent;
    /** Who traces it, or null. */
    SimTask tracer;
    /** Somebody traces it, or has. */
    boolean wasTraced;

    SimNamespace nsForChildren;
    ExitState exitState = ExitState.ALIVE;
    boolean exiting;
    boolean killed;
    boolean sleeping;
    /** Why it is stopped, or null. */
    Stops.Stop stop;
    /** Steps between {@code exit_notify} and the last switch. */
    int linger;
    /** The call that it is in, or null. */
    Syscall inSyscall;
    /** {@code rcu_users}: who releases it, and the scheduler. */
    int users = 2;

    SimTask(SimGroup group, SimNamespace ns, String comm, boolean outside) {
        this.group = group;
        this.ns = ns;
        this.nsForChildren = ns;
        this.comm = comm;
        this.outside = outside;
    }

    int pid() {
        return numbers[0];
    }

    /** Its number as {@code in} sees it; 0 if it is not seen there. */
    int numberIn(SimNamespace in) {
        return in.level < numbers.length && ns.isWithin(in) ? numbers[in.level] : 0;
    }

    boolean leads() {
        return group.leader == this;
    }

    /** {@code parent}: who is told of its end. */
    SimTask told() {
        return tracer == null ? parent : tracer;
    }

    /** {@code ptrace_reparented}: its tracer is not of its parent's process. */
    boolean isTracedByAnother() {
        return tracer != null && tracer.group != parent.group;
    }

    boolean isZombie() {
        return exitState == ExitState.ZOMBIE;
    }

    /** Puts {@code steps} before what is left to do, in their order. */
    void first(Action... steps) {
        for (int i = steps.length; i-- > 0; ) {
            script.addFirst(steps[i]);
        }
    }
}
