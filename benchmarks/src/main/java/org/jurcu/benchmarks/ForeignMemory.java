package org.jurcu.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Optional;

/**
 * What the benchmarks need of {@code java.lang.foreign}, for a class file that must also load on Java 17. Do not touch it
 * before JDK 22: it is initialized with the API or not at all.
 */
final class ForeignMemory {
    /** {@code long(Object segment)}: the segment's first long, as {@code segment.get(JAVA_LONG, 0)}. */
    private static final MethodHandle FIRST_LONG;

    /** {@code long(Object segment)}: a downcall of {@code strnlen(segment, 0)}, which looks at nothing. */
    private static final MethodHandle STRNLEN_OF_NOTHING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
            Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
            Class<?> ofLong = Class.forName("java.lang.foreign.ValueLayout$OfLong");
            Object javaLong = values.getField("JAVA_LONG").get(null);
            Object address = values.getField("ADDRESS").get(null);

            MethodHandle get =
                    lookup.findVirtual(segment, "get", MethodType.methodType(long.class, ofLong, long.class));
            FIRST_LONG = takingObject(MethodHandles.insertArguments(get, 1, javaLong, 0L));

            Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
            Class<?> option = Class.forName("java.lang.foreign.Linker$Option");
            Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
            Class<?> symbolLookup = Class.forName("java.lang.foreign.SymbolLookup");
            Object linker = linkerType.getMethod("nativeLinker").invoke(null);
            Object symbols = linkerType.getMethod("defaultLookup").invoke(linker);
            Object strnlen = ((Optional<?>)
                            symbolLookup.getMethod("find", String.class).invoke(symbols, "strnlen"))
                    .orElseThrow();
            Object arguments = Array.newInstance(layout, 2);
            Array.set(arguments, 0, address);
            Array.set(arguments, 1, javaLong);
            Object signature =
                    descriptor.getMethod("of", layout, layout.arrayType()).invoke(null, javaLong, arguments);
            MethodHandle call = (MethodHandle) linkerType
                    .getMethod("downcallHandle", segment, descriptor, option.arrayType())
                    .invoke(linker, strnlen, signature, Array.newInstance(option, 0));
            STRNLEN_OF_NOTHING = takingObject(MethodHandles.insertArguments(call, 1, 0L));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ForeignMemory() {}

    private static MethodHandle takingObject(MethodHandle ofSegment) {
        return ofSegment.asType(MethodType.methodType(long.class, Object.class));
    }

    static AutoCloseable sharedArena() {
        return (AutoCloseable) arena("ofShared");
    }

    /** Returns a segment of one long that is never freed, and so never acquired. */
    static Object globalSegment() {
        return allocate(arena("global"));
    }

    private static Object arena(String factory) {
        try {
            return arenaType().getMethod(factory).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.lang.foreign is not as in JDK 22", e);
        }
    }

    /** Returns a segment of one long. */
    static Object allocate(Object arena) {
        try {
            return arenaType().getMethod("allocate", long.class, long.class).invoke(arena, (long) Long.BYTES, (long)
                    Long.BYTES);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.lang.foreign is not as in JDK 22", e);
        }
    }

    private static Class<?> arenaType() throws ClassNotFoundException {
        return Class.forName("java.lang.foreign.Arena");
    }

    static long firstLong(Object segment) {
        try {
            return (long) FIRST_LONG.invokeExact(segment);
        } catch (Throwable e) {
            throw new AssertionError("the segment was closed under its reader", e);
        }
    }

    static long strnlenOfNothing(Object segment) {
        try {
            return (long) STRNLEN_OF_NOTHING.invokeExact(segment);
        } catch (Throwable e) {
            throw new AssertionError("the segment was closed under its reader", e);
        }
    }
}
