package org.jurcu.task.replay;

import org.jurcu.task.TaskLayout;

/**
 * How a recording is replayed.
 *
 * @param readers how many threads walk the pid table and every runqueue's current task under RCU meanwhile; 0 or more
 * @param layout how each task keeps {@code rcu_users} and {@code rcu_head}
 */
public record ReplayOptions(int readers, TaskLayout layout) {
    /** Two readers, the tagged layout. */
    public static final ReplayOptions DEFAULT = new ReplayOptions(2, TaskLayout.TAGGED);

    /** Checks the number of readers. */
    public ReplayOptions {
        if (readers < 0 || readers > 1024) {
            throw new IllegalArgumentException("readers must be 0 to 1024, not " + readers);
        }
    }
}
