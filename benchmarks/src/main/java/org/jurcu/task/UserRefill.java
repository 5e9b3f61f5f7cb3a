package org.jurcu.task;

import org.jurcu.refcount.Refcount;

/**
 * Gives a task more users than a measurement can put. In the task's package, since nobody but its birth may set a count; a
 * loop of gets would take longer than the measurement.
 */
public final class UserRefill {
    private UserRefill() {}

    /** Sets the count that the layout's put goes down: {@code rcu_users}, or {@code usage} where there is no such. */
    public static void refill(TaskStruct task) {
        if (task.kernel.layout().hasRcuUsers()) {
            task.rcuUsers.init(Refcount.MAX);
        } else {
            task.usage.setRelease(Refcount.MAX);
        }
    }
}
