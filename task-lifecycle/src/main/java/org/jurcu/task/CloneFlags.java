package org.jurcu.task;

/** The bits of {@code include/uapi/linux/sched.h} that decide a new task's place. */
public final class CloneFlags {
    /** Shares the table of signal handlers. */
    public static final long CLONE_SIGHAND = 0x800;
    /** The child's parent is the caller's parent. */
    public static final long CLONE_PARENT = 0x8000;
    /** The child is a thread of the caller's group. */
    public static final long CLONE_THREAD = 0x10000;
    /** The child is the init of a new pid namespace. */
    public static final long CLONE_NEWPID = 0x2000_0000;

    private CloneFlags() {}
}
