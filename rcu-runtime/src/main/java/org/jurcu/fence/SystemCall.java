package org.jurcu.fence;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A system call of three int arguments, made through libc's {@code syscall} and java.lang.foreign.
 *
 * <p>That package is named in strings only, as it came with Java 22 and this class must load on 17. Nothing is linked
 * unless native access was granted: the JVM would print a warning otherwise, or be told to refuse.
 */
final class SystemCall {
    private static final int FIRST_WITH_FOREIGN = 22;

    private final MethodHandle exact;
    private final MethodHandle capturing;
    private final Foreign foreign;

    private SystemCall(MethodHandle exact, MethodHandle capturing, Foreign foreign) {
        this.exact = exact;
        this.capturing = capturing;
        this.foreign = foreign;
    }

    /**
     * Links the call of that number.
     *
     * @throws UnsupportedOperationException with the beginning of a sentence, if that cannot be done
     */
    static SystemCall link(String name, long number) {
        if (Runtime.version().feature() < FIRST_WITH_FOREIGN) {
            throw new UnsupportedOperationException("it needs JDK " + FIRST_WITH_FOREIGN + " or later, and this is JDK "
                    + Runtime.version().feature() + "; run on a later one");
        }
        Module module = SystemCall.class.getModule();
        try {
            if (!(boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module)) {
                throw new UnsupportedOperationException("native access is not enabled for "
                        + (module.isNamed() ? "module " + module.getName() : "the class path")
                        + "; add --enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED")
                        + " to the command line");
            }
            return new Foreign().link(number);
        } catch (InvocationTargetException e) {
            throw notLinked(name, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw notLinked(name, e);
        }
    }

    private static UnsupportedOperationException notLinked(String name, Throwable e) {
        return new UnsupportedOperationException(
                name + " could not be linked (" + e + "); run without the property to get the full fence", e);
    }

    /** {@code (int, int, int)long}, -1 being a failure. */
    MethodHandle exact() {
        return exact;
    }

    long invoke(int command) {
        try {
            return (long) exact.invokeExact(command, 0, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** As {@link #invoke}, for a caller that wants to know more: returns what went wrong, or null. Allocates. */
    String invokeForError(int command) {
        try {
            Object state = foreign.newCallState();
            long result = (long) capturing.invoke(state, command, 0, 0);
            return result == -1 ? "errno " + foreign.errno(state) : null;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A downcall throws nothing of its own; what the JVM throws, such as a StackOverflowError, passes. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        throw new AssertionError("a system call throws no exception", e);
    }

    /** The few methods of java.lang.foreign that this takes. */
    private static final class Foreign {
        private final Class<?> linkerClass = named("Linker");
        private final Class<?> layoutClass = named("MemoryLayout");
        private final Class<?> valueLayoutClass = named("ValueLayout");
        private final Class<?> structLayoutClass = named("StructLayout");
        private final Class<?> descriptorClass = named("FunctionDescriptor");
        private final Class<?> optionClass = named("Linker$Option");
        private final Class<?> segmentClass = named("MemorySegment");
        private final Class<?> arenaClass = named("Arena");
        private final Object callStateLayout =
                optionClass.getMethod("captureStateLayout").invoke(null);
        private final Method ofAuto = arenaClass.getMethod("ofAuto");
        private final Method allocate = arenaClass.getMethod("allocate", layoutClass);
        private final Method get =
                segmentClass.getMethod("get", Class.forName("java.lang.foreign.ValueLayout$OfInt"), long.class);

        private Foreign() throws ReflectiveOperationException {}

        private static Class<?> named(String simpleName) throws ClassNotFoundException {
            return Class.forName("java.lang.foreign." + simpleName);
        }

        SystemCall link(long number) throws ReflectiveOperationException {
            MethodHandle plain = downcall(variadicFrom(1));
            MethodHandle capturing = downcall(variadicFrom(1), captureErrno());
            MethodType type = MethodType.methodType(long.class, int.class, int.class, int.class);
            return new SystemCall(
                    MethodHandles.insertArguments(plain, 0, number).asType(type),
                    MethodHandles.insertArguments(capturing, 1, number)
                            .asType(type.insertParameterTypes(0, Object.class)),
                    this);
        }

        private Object variadicFrom(int index) throws ReflectiveOperationException {
            return optionClass.getMethod("firstVariadicArg", int.class).invoke(null, index);
        }

        private Object captureErrno() throws ReflectiveOperationException {
            return optionClass.getMethod("captureCallState", String[].class).invoke(null, (Object)
                    new String[] {"errno"});
        }

        /** {@code long syscall(long number, ...)} with three ints. */
        private MethodHandle downcall(Object... options) throws ReflectiveOperationException {
            Object linker = linkerClass.getMethod("nativeLinker").invoke(null);
            Object libc = linkerClass.getMethod("defaultLookup").invoke(linker);
            Optional<?> symbol = (Optional<?>)
                    named("SymbolLookup").getMethod("find", String.class).invoke(libc, "syscall");
            if (symbol.isEmpty()) {
                throw new NoSuchMethodException("libc has no syscall");
            }
            Object ofLong = valueLayoutClass.getField("JAVA_LONG").get(null);
            Object ofInt = valueLayoutClass.getField("JAVA_INT").get(null);
            Object descriptor = descriptorClass
                    .getMethod("of", layoutClass, layoutClass.arrayType())
                    .invoke(null, ofLong, array(layoutClass, ofLong, ofInt, ofInt, ofInt));
            // Through a lookup, so that the JVM sees this module as the one that makes the restricted call.
            MethodHandle downcallHandle = MethodHandles.lookup()
                    .findVirtual(
                            linkerClass,
                            "downcallHandle",
                            MethodType.methodType(
                                    MethodHandle.class, segmentClass, descriptorClass, optionClass.arrayType()))
                    .asFixedArity();
            try {
                return (MethodHandle)
                        downcallHandle.invoke(linker, symbol.get(), descriptor, array(optionClass, options));
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new InvocationTargetException(e);
            }
        }

        private static Object array(Class<?> component, Object... elements) {
            Object array = Array.newInstance(component, elements.length);
            for (int i = 0; i < elements.length; i++) {
                Array.set(array, i, elements[i]);
            }
            return array;
        }

        /** Returns a segment to which a capturing call writes errno. */
        Object newCallState() throws ReflectiveOperationException {
            return allocate.invoke(ofAuto.invoke(null), callStateLayout);
        }

        int errno(Object callState) throws ReflectiveOperationException {
            Object ofInt = valueLayoutClass.getField("JAVA_INT").get(null);
            Class<?> pathClass = named("MemoryLayout$PathElement");
            Object path = pathClass.getMethod("groupElement", String.class).invoke(null, "errno");
            long offset = (long) structLayoutClass
                    .getMethod("byteOffset", pathClass.arrayType())
                    .invoke(callStateLayout, array(pathClass, path));
            return (int) get.invoke(callState, ofInt, offset);
        }
    }
}
