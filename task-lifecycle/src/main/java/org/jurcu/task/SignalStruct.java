package org.jurcu.task;

/** {@code signal_struct}: what the threads of one group share. Guarded by tasklist_lock. */
final class SignalStruct {
    /** {@code thread_head}: the group's threads that have not been released, in the order in which they were made. */
    final ListHead threads = new ListHead(null);

    int nrThreads;
    /** Threads that have not begun {@code do_exit}. */
    int live;

    boolean isChildSubreaper;
    boolean hasChildSubreaper;
}
