package org.jurcu.stress.races;

import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.Wait;

/** A simulated kernel, one for all samples of a test, and tasks at the stage of life that a test needs. */
final class ShippedKernel {
    private static final Wait.WaitOpts ANY_CHILD = new Wait.WaitOpts(-1, Wait.WEXITED);

    private final Kernel kernel;

    ShippedKernel(TaskLayout layout) {
        kernel = Kernel.create("stress", 1, layout, Tracepoints.NONE);
        ShippedRcu.startReclaimer(kernel.rcu());
    }

    Kernel kernel() {
        return kernel;
    }

    /** A task that has exited and waits for its parent, which is init. */
    TaskStruct zombie() {
        TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
        kernel.exit().doExit(task);
        return task;
    }

    /** A zombie that has left its CPU: its parent's rcu user is the last one. */
    TaskStruct zombieOffCpu() {
        TaskStruct task = zombie();
        switchAway(task);
        return task;
    }

    /** A task that was reaped before its last switch: the scheduler holds the last rcu user. */
    TaskStruct reapedWhileRunning() {
        TaskStruct task = zombie();
        if (!reap(task)) {
            throw new IllegalStateException("somebody else reaped " + task);
        }
        return task;
    }

    /** {@code wait_task_zombie} by a thread of the parent: whether this caller got the zombie. */
    boolean reap(TaskStruct zombie) {
        return kernel.waits().waitTaskZombie(kernel.init(), zombie, ANY_CHILD);
    }

    /** The last switch: the scheduler's rcu user goes. */
    void switchAway(TaskStruct task) {
        kernel.scheduler().doTaskDead(task);
    }
}
