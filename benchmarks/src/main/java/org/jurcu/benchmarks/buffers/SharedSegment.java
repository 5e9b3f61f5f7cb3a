package org.jurcu.benchmarks.buffers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A shared {@code Arena} of its own for one buffer, by handles, since this must load on Java 17. Do not touch it before JDK 22. */
final class SharedSegment {
    private static final MethodHandle OF_SHARED;
    private static final MethodHandle ALLOCATE;
    private static final MethodHandle GET;
    private static final MethodHandle SET;
    private static final MethodHandle IS_ALIVE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> arena = Class.forName("java.lang.foreign.Arena");
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            Class<?> scope = Class.forName("java.lang.foreign.MemorySegment$Scope");
            Class<?> ofLong = Class.forName("java.lang.foreign.ValueLayout$OfLong");
            Object javaLong = Class.forName("java.lang.foreign.ValueLayout")
                    .getField("JAVA_LONG")
                    .get(null);
            OF_SHARED = lookup.findStatic(arena, "ofShared", MethodType.methodType(arena))
                    .asType(MethodType.methodType(AutoCloseable.class));
            ALLOCATE = lookup.findVirtual(arena, "allocate", MethodType.methodType(segment, long.class, long.class))
                    .asType(MethodType.methodType(Object.class, AutoCloseable.class, long.class, long.class));
            GET = withLayout(lookup, segment, javaLong, "get", MethodType.methodType(long.class, ofLong, long.class))
                    .asType(MethodType.methodType(long.class, Object.class, long.class));
            SET = withLayout(
                            lookup,
                            segment,
                            javaLong,
                            "set",
                            MethodType.methodType(void.class, ofLong, long.class, long.class))
                    .asType(MethodType.methodType(void.class, Object.class, long.class, long.class));
            MethodHandle scopeOf = lookup.findVirtual(segment, "scope", MethodType.methodType(scope));
            IS_ALIVE = MethodHandles.filterReturnValue(
                            scopeOf, lookup.findVirtual(scope, "isAlive", MethodType.methodType(boolean.class)))
                    .asType(MethodType.methodType(boolean.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AutoCloseable arena;
    private final Object segment;

    private SharedSegment(AutoCloseable arena, Object segment) {
        this.arena = arena;
        this.segment = segment;
    }

    private static MethodHandle withLayout(
            MethodHandles.Lookup lookup, Class<?> segment, Object layout, String name, MethodType type)
            throws ReflectiveOperationException {
        return MethodHandles.insertArguments(lookup.findVirtual(segment, name, type), 1, layout);
    }

    /** Allocates as many words and sets them all to {@code word}. */
    static SharedSegment allocate(int words, long word) {
        try {
            AutoCloseable arena = (AutoCloseable) OF_SHARED.invokeExact();
            Object segment = (Object) ALLOCATE.invokeExact(arena, (long) words * Long.BYTES, (long) Long.BYTES);
            for (int i = 0; i < words; i++) {
                SET.invokeExact(segment, (long) i * Long.BYTES, word);
            }
            return new SharedSegment(arena, segment);
        } catch (Throwable e) {
            throw new LinkageError("java.lang.foreign is not as in JDK 22", e);
        }
    }

    /** Returns the sum of its words; throws an {@link IllegalStateException} if it was freed before all were read. */
    long sum(int words) {
        try {
            long sum = 0;
            for (int i = 0; i < words; i++) {
                sum += (long) GET.invokeExact(segment, (long) i * Long.BYTES);
            }
            return sum;
        } catch (IllegalStateException closed) {
            throw closed;
        } catch (Throwable e) {
            throw new LinkageError("java.lang.foreign is not as in JDK 22", e);
        }
    }

    /** Frees it, with a handshake of all threads, and throws if it is still there, or was freed before. */
    void free() {
        try {
            arena.close();
            if ((boolean) IS_ALIVE.invokeExact(segment)) {
                throw new IllegalStateException("an arena is alive although it was closed");
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("java.lang.foreign is not as in JDK 22", e);
        }
    }
}
