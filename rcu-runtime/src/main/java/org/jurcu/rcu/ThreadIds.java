package org.jurcu.rcu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A number for a thread, for a class file that must also load on Java 17: for spreading, as two may have the same. */
final class ThreadIds {
    private static final MethodHandle NUMBER = find();

    private ThreadIds() {}

    /** {@code Thread.getId()} would call the application where a subclass overrides it; {@code threadId()} is final. */
    private static MethodHandle find() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            MethodHandle threadId = lookup.findVirtual(Thread.class, "threadId", MethodType.methodType(long.class));
            return MethodHandles.explicitCastArguments(threadId, MethodType.methodType(int.class, Thread.class));
        } catch (NoSuchMethodException e) { // before Java 19
            return identityHashCode(lookup);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle identityHashCode(MethodHandles.Lookup lookup) {
        try {
            return lookup.findStatic(System.class, "identityHashCode", MethodType.methodType(int.class, Object.class))
                    .asType(MethodType.methodType(int.class, Thread.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static int spread(Thread thread) {
        try {
            return (int) NUMBER.invokeExact(thread);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static AssertionError failed(Throwable e) {
        if (e instanceof Error error) {
            throw error; // the end of the stack
        }
        return new AssertionError("a thread's id can be had", e);
    }
}
