package org.jurcu.task.load;

/** The simulated {@code copy_process}. */
final class Births {
    static final long CLONE_NEWPID = 0x2000_0000;
    static final long CLONE_THREAD = 0x1_0000;

    /** As the C library's fork and pthread_create ask. */
    private static final long FORK = 0x120_0000;

    private static final long PTHREAD = 0x3d_0f00;

    private final Machine machine;
    private final Recorder recorder;
    private long tasks;

    Births(Machine machine, Recorder recorder) {
        this.machine = machine;
        this.recorder = recorder;
    }

    long tasks() {
        return tasks;
    }

    /** A process; {@code newNs} makes it the init of a new pid namespace. */
    SimTask fork(Cpu cpu, SimTask current, boolean newNs) {
        SimNamespace ns = newNs ? newNamespace(current.ns) : current.nsForChildren;
        SimGroup group = new SimGroup();
        group.sigchld = current.group.sigchld;
        group.pgrp = current.group.pgrp;
        group.pgrp.join();
        group.hasSubreaper = current.group.hasSubreaper || current.group.isSubreaper;
        SimTask child = new SimTask(group, ns, current.comm, false);
        group.leader = child;
        child.parent = current;
        current.children.add(child);
        link(cpu, current, child, FORK | (newNs ? CLONE_NEWPID : 0));
        return child;
    }

    /** A thread of {@code current}'s group. */
    SimTask thread(Cpu cpu, SimTask current) {
        SimTask thread = new SimTask(current.group, current.ns, current.comm, false);
        thread.parent = current.parent;
        link(cpu, current, thread, PTHREAD);
        return thread;
    }

    /** One who is there when the recording begins. */
    SimTask outside(SimNamespace ns, int pid, SimTask parent, String comm) {
        SimGroup group = new SimGroup();
        SimTask task = new SimTask(group, ns, comm, true);
        group.leader = task;
        task.parent = parent;
        task.numbers = new int[] {ns.take(pid)};
        group.pgrp = new SimPgrp(task.numbers);
        ns.members.add(task);
        group.threads.add(task);
        group.live++;
        return task;
    }

    static SimNamespace newNamespace(SimNamespace around) {
        return new SimNamespace(around, Integer.MAX_VALUE, 0);
    }

    private void link(Cpu cpu, SimTask current, SimTask child, long flags) {
        child.numbers = new int[child.ns.level + 1];
        for (SimNamespace ns = child.ns; ns != null; ns = ns.parent) {
            child.numbers[ns.level] = ns.take();
            ns.members.add(child);
        }
        if (child.ns.reaper == null) {
            child.ns.reaper = child;
        }
        child.group.threads.add(child);
        child.group.live++;
        tasks++;
        recorder.newTask(cpu, child, flags);
        recorder.fork(cpu, current, child);
        machine.start(child);
    }
}
