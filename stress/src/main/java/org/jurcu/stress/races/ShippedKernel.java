package org.jurcu.stress.races;

import org.jurcu.task.Kernel;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Wait;

/** The simulated kernel of one jcstress run, and tasks at the stage of life that a test needs. */
final class ShippedKernel {
    static final Kernel KERNEL = Kernel.create("stress");

    private static final Wait.WaitOpts ANY_CHILD = new Wait.WaitOpts(-1, Wait.WEXITED);

    static {
        ShippedRcu.startReclaimer(KERNEL.rcu());
    }

    private ShippedKernel() {}

    /** A task that has exited and waits for its parent, which is init. */
    static TaskStruct zombie() {
        TaskStruct task = KERNEL.fork().copyProcess(KERNEL.init(), 0);
        KERNEL.exit().doExit(task);
        return task;
    }

    /** A task that was reaped before its last switch: the scheduler holds the last rcu user. */
    static TaskStruct reapedWhileRunning() {
        TaskStruct task = zombie();
        if (!reap(task)) {
            throw new IllegalStateException("somebody else reaped " + task);
        }
        return task;
    }

    /** {@code wait_task_zombie} by a thread of the parent: whether this caller got the zombie. */
    static boolean reap(TaskStruct zombie) {
        return KERNEL.waits().waitTaskZombie(KERNEL.init(), zombie, ANY_CHILD);
    }

    /** The last switch: the scheduler's rcu user goes. */
    static void switchAway(TaskStruct task) {
        KERNEL.scheduler().doTaskDead(task);
    }
}
