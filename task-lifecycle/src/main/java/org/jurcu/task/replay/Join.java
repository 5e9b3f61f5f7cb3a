package org.jurcu.task.replay;

/** Waiting for a thread's end, which the caller cannot do without. */
final class Join {
    private Join() {}

    /** Returns when {@code thread} has ended; an interrupt of the caller is kept for afterwards. */
    static void uninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
