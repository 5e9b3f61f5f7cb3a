package org.jurcu.fence;

import java.lang.invoke.MethodHandle;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * membarrier(2) of Linux: a memory barrier on every processor that runs this process, issued by one thread.
 *
 * <pre>
 *  command                    value   here
 *  QUERY                          0   first: which commands does this kernel know
 *  PRIVATE_EXPEDITED         1 &lt;&lt; 3   each heavy fence
 *  REGISTER_PRIVATE_...      1 &lt;&lt; 4   once, or else the kernel refuses the one above
 * </pre>
 *
 * <p>Registered is the process, not this class: a second copy of it, of another class loader, registers again, which the
 * kernel allows. Nothing has to be undone when the class is unloaded.
 *
 * <p>The call is a full barrier for its caller as well: in the table of membarrier(2) the pair "sys_membarrier(),
 * smp_mb()" is ordered. And it is a call to code that the JIT compiler does not know, across which it moves no access to
 * the heap.
 */
final class Membarrier {
    static final int QUERY = 0;
    static final int PRIVATE_EXPEDITED = 1 << 3;
    static final int REGISTER_PRIVATE_EXPEDITED = 1 << 4;

    /** Null if there is an obstacle. */
    private static final SystemCall CALL;

    /** {@code (int command, int flags, int cpu)long}; a constant to the JIT compiler, as a field of CALL would not be. */
    private static final MethodHandle EXACT;

    private static final String OBSTACLE;

    static {
        SystemCall[] linked = new SystemCall[1];
        OBSTACLE = obstacleTo(() -> {
            linked[0] =
                    SystemCall.link("membarrier", number(System.getProperty("os.name"), System.getProperty("os.arch")));
            return register(linked[0]);
        });
        CALL = OBSTACLE == null ? linked[0] : null;
        EXACT = OBSTACLE == null ? linked[0].exact() : null;
    }

    private Membarrier() {}

    /** Returns why there is no membarrier here and what would help, the beginning of a sentence; or null. */
    static String obstacle() {
        return OBSTACLE;
    }

    /** Returns what {@code attempt} finds in the way, or what it fails with; or null. */
    static String obstacleTo(Supplier<String> attempt) {
        try {
            return attempt.get();
        } catch (UnsupportedOperationException e) {
            return e.getMessage();
        } catch (LinkageError e) { // a JDK whose java.lang.foreign cannot be initialized here has none
            return "it could not be linked (" + e + "); run without the property to get the full fence";
        }
    }

    /** Returns the number of the system call. */
    static long number(String system, String architecture) {
        if (!system.equals("Linux")) {
            throw new UnsupportedOperationException("membarrier(2) is a system call of Linux, and this is " + system
                    + "; run without the property to get the full fence");
        }
        return switch (architecture) {
            case "amd64", "x86_64" -> 324;
            case "aarch64" -> 283;
            default ->
                throw new UnsupportedOperationException(
                        "it is known for the architectures amd64 and aarch64, and this is " + architecture
                                + "; run without the property to get the full fence");
        };
    }

    private static String register(SystemCall call) {
        long known = call.invoke(QUERY);
        if (known < 0) {
            return "this kernel, or a filter of its system calls, refuses membarrier (" + call.invokeForError(QUERY)
                    + "); let the filter pass it";
        }
        int needed = PRIVATE_EXPEDITED | REGISTER_PRIVATE_EXPEDITED;
        if ((known & needed) != needed) {
            return "this kernel's membarrier knows no private expedited command; run on Linux 4.14 or later";
        }
        if (call.invoke(REGISTER_PRIVATE_EXPEDITED) != 0) {
            String error = call.invokeForError(REGISTER_PRIVATE_EXPEDITED);
            return error == null ? null : "this kernel refuses to register the process (" + error + "); try again";
        }
        return null;
    }

    /** Returns when each thread of this process has passed a full barrier since the call. */
    static void privateExpedited() {
        long result;
        try {
            result = (long) EXACT.invokeExact(PRIVATE_EXPEDITED, 0, 0);
        } catch (Throwable e) {
            throw SystemCall.unexpected(e);
        }
        if (result != 0) {
            issueAgain(PRIVATE_EXPEDITED);
        }
    }

    /**
     * The kernel may have been out of memory for a moment, or not know the registration any more, as after the process was
     * restored from a checkpoint. If it fails again, nobody must go on as if it had not.
     */
    static void issueAgain(int command) {
        issueAgain(command, CALL::invokeForError);
    }

    static void issueAgain(int command, IntFunction<String> call) {
        String refusal = call.apply(REGISTER_PRIVATE_EXPEDITED);
        String error = call.apply(command);
        if (error != null) {
            throw new IllegalStateException("membarrier(" + command + ") failed (" + error
                    + (refusal == null ? "" : ", and registering anew: " + refusal)
                    + "), so no order holds: let the system-call filter pass it, or use -Djurcu.fence=full.");
        }
    }
}
