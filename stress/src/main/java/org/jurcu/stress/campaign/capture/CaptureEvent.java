package org.jurcu.stress.campaign.capture;

/** An event that is recorded, and which of its kind: those that the replay can use. */
enum CaptureEvent {
    FORK("sched/sched_process_fork"),
    EXEC("sched/sched_process_exec"),
    EXIT("sched/sched_process_exit"),
    FREE("sched/sched_process_free"),
    WAIT("sched/sched_process_wait"),
    SWITCH("sched/sched_switch"),
    NEW_TASK("task/task_newtask"),
    /** SIGCHLD. */
    SIGNAL("signal/signal_generate", "sig==17"),
    WAIT4_BEGINS("syscalls/sys_enter_wait4"),
    WAIT4_ENDS("syscalls/sys_exit_wait4"),
    WAITID_BEGINS("syscalls/sys_enter_waitid"),
    WAITID_ENDS("syscalls/sys_exit_waitid"),
    UNSHARE("syscalls/sys_enter_unshare"),
    /** Set and get child subreaper. */
    PRCTL("syscalls/sys_enter_prctl", "option==36 || option==37"),
    /** TRACEME, ATTACH, DETACH, SEIZE. */
    PTRACE("syscalls/sys_enter_ptrace", "request==0 || request==16 || request==17 || request==0x4206");

    private final String path;
    private final String filter;

    CaptureEvent(String path) {
        this(path, "");
    }

    CaptureEvent(String path, String filter) {
        this.path = path;
        this.filter = filter;
    }

    /** Returns its group and name, as they stand in tracefs under {@code events}. */
    String path() {
        return path;
    }

    /** Returns what the kernel must find true to record it, empty for always. */
    String filter() {
        return filter;
    }

    /** Returns what a kernel without it was built without. */
    String neededOption() {
        return path.startsWith("syscalls/") ? "CONFIG_FTRACE_SYSCALLS" : "CONFIG_EVENT_TRACING";
    }
}
