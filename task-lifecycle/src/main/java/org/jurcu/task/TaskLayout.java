package org.jurcu.task;

/** How a task_struct keeps {@code rcu_users} and {@code rcu_head}; fixed when a slab is created. */
public enum TaskLayout {
    /**
     * One 64-bit word for both, with a tag that tells them apart: a late increment is refused, reported and unable to
     * corrupt the callback.
     */
    TAGGED
}
