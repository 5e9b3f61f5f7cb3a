package org.jurcu.task.load;

import java.util.Locale;

/** A way of living and dying that a generated workload may contain; each is one job, with so many tasks at least. */
public enum LifePath {
    /** A child that exits and is waited for. */
    EXIT(1),
    /** Children of a process that ignores SIGCHLD: they release themselves. */
    AUTOREAP(2),
    /** Children of a process with SA_NOCLDWAIT: it is told, but they release themselves. */
    NO_CLD_WAIT(2),
    /** A parent that polls with WNOHANG. */
    POLL(2),
    /** A parent that looks with WNOWAIT before it reaps. */
    PEEK(2),
    /** Children that run on for a while after they became zombies, so that they are reaped on their CPU. */
    REAPED_RUNNING(2),
    /** Threads that end before their leader. */
    THREADS(2),
    /** A leader that ends before its threads: the last of them tells the parent. */
    LEADER_FIRST(2),
    /** exit_group: a thread takes all the others along. */
    GROUP_EXIT(2),
    /** exec by a thread while its leader and siblings live. */
    EXEC_THREAD(2),
    /** exec by a thread whose leader has died already. */
    EXEC_DEAD_LEADER(2),
    /** Children that outlive their parent, under init or a subreaper. */
    ORPHANS(2),
    /** Children in several process groups, which their parent waits for by group. */
    GROUPS(2),
    /** Children that their parent or another child traces until they end, or until the tracer does. */
    TRACED(3),
    /** A pid namespace whose init dies with children alive. */
    NAMESPACE(2),
    /** Tracees and jobs that are stopped on the way and go on. Not in {@link Mix#all}. */
    STOPS(3);

    final int leastTasks;

    LifePath(int leastTasks) {
        this.leastTasks = leastTasks;
    }

    /** Returns the name that {@link Mix#parse} reads, such as {@code exec-thread}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
