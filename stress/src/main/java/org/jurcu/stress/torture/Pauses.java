package org.jurcu.stress.torture;

import java.util.concurrent.locks.LockSupport;

/** Ways of losing time: load, and never a means of synchronization. */
final class Pauses {
    private Pauses() {}

    static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }

    static void spinNanos(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // more threads than processors: let the others come to theirs
    static void letOthers() {
        Thread.yield();
    }

    static void park(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
