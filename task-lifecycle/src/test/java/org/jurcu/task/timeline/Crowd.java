package org.jurcu.task.timeline;

/** A recording of one parent and as many children as are wanted, fifty of which live at a time. */
final class Crowd {
    static final int PARENT = 100;
    static final int FIRST_CHILD = 101;
    private static final int AT_ONCE = 50;

    private final StringBuilder text = new StringBuilder("# tracer: nop\n# #P:2\n");
    private long micros = 1_000_000;

    static String of(int children) {
        return new Crowd().write(children);
    }

    private String write(int children) {
        event("other", 1, "task_newtask: pid=100 comm=crowd clone_flags=1200000 oom_score_adj=0");
        event("other", 1, "sched_process_fork: comm=other pid=1 child_comm=crowd child_pid=100");
        switched("other", 1, "S", "crowd", PARENT);
        for (int done = 0; done < children; done += AT_ONCE) {
            int most = Math.min(children, done + AT_ONCE);
            for (int i = done; i < most; i++) {
                int pid = FIRST_CHILD + i;
                event(
                        "crowd",
                        PARENT,
                        "task_newtask: pid=%d comm=crowd clone_flags=1200000 oom_score_adj=0".formatted(pid));
                event(
                        "crowd",
                        PARENT,
                        "sched_process_fork: comm=crowd pid=100 child_comm=crowd child_pid=%d".formatted(pid));
            }
            event("crowd", PARENT, "sys_wait4(upid: 0xffffffff, stat_addr: 0, options: 0, ru: 0)");
            event("crowd", PARENT, "sched_process_wait: comm=crowd pid=0 prio=120");
            String state = "S";
            String leaving = "crowd";
            int before = PARENT;
            for (int i = done; i < most; i++) {
                int pid = FIRST_CHILD + i;
                switched(leaving, before, state, "child" + i % 7, pid);
                event(
                        "child" + i % 7,
                        pid,
                        "sched_process_exit: comm=child%d pid=%d prio=120 group_dead=true".formatted(i % 7, pid));
                event("child" + i % 7, pid, "signal_generate: sig=17 errno=0 code=1 comm=crowd pid=100 grp=1 res=0");
                state = "Z";
                leaving = "child" + i % 7;
                before = pid;
            }
            switched(leaving, before, state, "crowd", PARENT);
            for (int i = done; i < most; i++) {
                if (i > done) {
                    event("crowd", PARENT, "sys_wait4(upid: 0xffffffff, stat_addr: 0, options: 0, ru: 0)");
                    event("crowd", PARENT, "sched_process_wait: comm=crowd pid=0 prio=120");
                }
                event("crowd", PARENT, "sys_wait4 -> 0x%x".formatted(FIRST_CHILD + i));
            }
            for (int i = done; i < most; i++) {
                event(
                        "crowd",
                        PARENT,
                        "sched_process_free: comm=child%d pid=%d prio=120".formatted(i % 7, FIRST_CHILD + i));
            }
        }
        return text.toString();
    }

    private void switched(String from, int pid, String state, String to, int next) {
        String body = "sched_switch: prev_comm=%s prev_pid=%d prev_prio=120 prev_state=%s ==> next_comm=%s next_pid=%d"
                + " next_prio=120";
        event(from, pid, body.formatted(from, pid, state, to, next));
    }

    private void event(String comm, int pid, String body) {
        micros += 3;
        text.append(String.format(
                "%16s-%-7d [000] ..... %d.%06d: %s\n", comm, pid, micros / 1_000_000, micros % 1_000_000, body));
    }
}
