package org.jurcu.task;

/** The kinds of locks of a {@link Kernel}, in the order in which one thread may take them: docs/synchronization.md §1. */
enum LockClass {
    PIDMAP("pidmap_lock"),
    TASKLIST("tasklist_lock"),
    SIGLOCK("siglock"),
    WAIT_CHLDEXIT("wait_chldexit.lock"),
    RUNQUEUE("rq->lock"),
    CACHE("the lock of a cache");

    private final String kernelName;

    LockClass(String kernelName) {
        this.kernelName = kernelName;
    }

    @Override
    public String toString() {
        return kernelName;
    }
}
