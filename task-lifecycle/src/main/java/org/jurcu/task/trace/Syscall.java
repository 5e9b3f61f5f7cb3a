package org.jurcu.task.trace;

import java.util.List;

/** The system calls that a recording of tasks' lives tells of; all others count as unknown events. */
public enum Syscall {
    /** {@code wait4(upid, stat_addr, options, ru)}. */
    WAIT4("wait4", "upid", "stat_addr", "options", "ru"),
    /** {@code waitid(which, upid, infop, options, ru)}. */
    WAITID("waitid", "which", "upid", "infop", "options", "ru"),
    /** {@code unshare(unshare_flags)}. */
    UNSHARE("unshare", "unshare_flags"),
    /** {@code prctl(option, arg2, arg3, arg4, arg5)}. */
    PRCTL("prctl", "option", "arg2", "arg3", "arg4", "arg5"),
    /** {@code ptrace(request, pid, addr, data)}. */
    PTRACE("ptrace", "request", "pid", "addr", "data");

    private final String callName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> arguments;

    Syscall(String callName, String... arguments) {
        this.callName = callName;
        this.arguments = List.of(arguments);
    }

    /** Returns the call's name, such as {@code wait4}. */
    public String callName() {
        return callName;
    }

    /** Returns the names of the arguments, in order. */
    public List<String> arguments() {
        return arguments;
    }
}
