package org.jurcu.benchmarks;

import java.lang.reflect.Method;

/** {@code Thread.startVirtualThread} for a class file that must also load on Java 17. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Starts one; there are none before JDK 21. */
    static void start(Runnable task) {
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            start.invoke(null, task);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a virtual thread could not be started", e);
        }
    }
}
