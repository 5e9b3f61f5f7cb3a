package org.jurcu.rcu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A number for a thread, for a class file that must also load on Java 17. */
final class ThreadIds {
    private static final MethodHandle THREAD_ID = find();

    /**
     * Whether {@link #of} is the thread's id, which no other thread has while it lives, and in OpenJDK none ever; before
     * Java 19 two may have the same number. A constant to the JIT compiler.
     */
    static final boolean UNIQUE = THREAD_ID != null;

    private ThreadIds() {}

    /** {@code Thread.getId()} would call the application where a subclass overrides it; {@code threadId()} is final. */
    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "threadId", MethodType.methodType(long.class));
        } catch (NoSuchMethodException e) { // before Java 19
            return null;
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Returns a positive number that is the same whenever the same thread asks. */
    static long of(Thread thread) {
        if (!UNIQUE) {
            return ofJava17(thread);
        }
        try {
            return (long) THREAD_ID.invokeExact(thread);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * An identity hash costs ten times as much once somebody has waited for the thread's monitor, as {@code join} does; so a thread
     * that surely does not override {@code getId} is asked for that.
     */
    private static long ofJava17(Thread thread) {
        return thread.getClass() == Thread.class
                ? thread.getId()
                : Integer.toUnsignedLong(System.identityHashCode(thread)) + 1; // not 0
    }

    /** Returns a number to spread by, of which the lowest bits serve. */
    static int spread(Thread thread) {
        return (int) of(thread);
    }

    private static AssertionError failed(Throwable e) {
        if (e instanceof Error error) {
            throw error; // the end of the stack
        }
        return new AssertionError("a thread's id can be had", e);
    }
}
