package org.jurcu.task;

/**
 * How a task_struct keeps {@code rcu_users} and {@code rcu_head}: the four answers to one question, which is what a late
 * increment of the count finds where a callback may be queued. Fixed when a {@link Kernel} is created.
 *
 * <table>
 * <caption>The layouts</caption>
 * <tr><th></th><th>kernel</th><th>bits</th><th>a late {@code inc_not_zero} on {@code rcu_users}</th></tr>
 * <tr><td>{@link #PRE_UNION}</td><td>up to 5.3</td><td>no such count</td><td>–</td></tr>
 * <tr><td>{@link #UNION}</td><td>5.4 to 6.3</td><td>one word, without a tag</td><td>moves the link of the queued
 *     callback, and says that it succeeded</td></tr>
 * <tr><td>{@link #SPLIT}</td><td>6.4 and later</td><td>two words</td><td>finds 0, is refused</td></tr>
 * <tr><td>{@link #TAGGED}</td><td>none</td><td>one word, with a tag</td><td>finds the tag, is refused</td></tr>
 * </table>
 *
 * <p>The interleaving that took the union apart, as a program:
 *
 * <pre>{@code
 * import org.jurcu.task.Kernel;
 * import org.jurcu.task.SlotDamage;
 * import org.jurcu.task.TaskLayout;
 * import org.jurcu.task.TaskStruct;
 * import org.jurcu.task.Tracepoints;
 *
 * public class LateIncrement implements Tracepoints {
 *     @Override
 *     public void damage(TaskStruct task, SlotDamage damage) {
 *         System.out.println(task.pid() + ": " + damage);
 *     }
 *
 *     static void die(Kernel kernel, TaskStruct task) {
 *         kernel.exit().doExit(task);
 *         kernel.scheduler().doTaskDead(task);
 *         kernel.waits().wait4(kernel.init(), task.pid(), 0); // the last user goes: call_rcu
 *     }
 *
 *     public static void main(String[] args) {
 *         try (Kernel kernel = Kernel.create("late", 1, TaskLayout.UNION, new LateIncrement())) {
 *             TaskStruct other = kernel.fork().copyProcess(kernel.init(), 0);
 *             TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
 *             kernel.rcu().readLock();
 *             TaskStruct found = kernel.pids().findTaskByPid(task.pid());
 *             die(kernel, task);
 *             die(kernel, other); // queued behind it: the word is a link now
 *             System.out.println(found.tryGetTaskStructRcuUser()); // true; false on SPLIT and TAGGED
 *             kernel.rcu().readUnlock();
 *         } // the other's callback is lost
 *     }
 * }
 * }</pre>
 *
 * <p>docs/slot.md has the bits of each. Cost: a kernel asks its layout's classes, of which only those are loaded that were
 * asked for by name, so that in a program of one layout every call has one possible target and is inlined.
 */
public enum TaskLayout {
    /**
     * Linux up to 5.3: {@code usage} only, 2 at birth. release_task queues {@code delayed_put_task_struct} at once, even
     * for a task that still runs; the scheduler's put frees the memory without a grace period. A reader that comes by the
     * runqueue must go through {@link Scheduler#taskRcuDereference}.
     */
    PRE_UNION,
    /**
     * Linux 5.4 to 6.3: {@code rcu_users} is the low half of the callback's link. Nothing but the convention that nobody
     * increments it protects the callback list. For experiments: it exists so that the damage can be seen, named
     * ({@link Tracepoints#damage}) and counted. It never breaks the JVM; tasks are leaked.
     */
    UNION,
    /** Linux 6.4 and later: a word each. The count stays 0, so that {@code inc_not_zero} is sound inside a section. */
    SPLIT,
    /**
     * Ours, the default: one 64-bit word for both, with a tag that tells them apart. A late increment is refused, reported
     * and unable to corrupt the callback. See {@link RcuUsersSlot}.
     */
    TAGGED;

    /** Whether there is a count of rcu users at all. */
    public boolean hasRcuUsers() {
        return this != PRE_UNION;
    }

    /** Whether {@link TaskStruct#tryGetTaskStructRcuUser} may be called inside a section on what was found there. */
    public boolean isIncNotZeroSound() {
        return this == SPLIT || this == TAGGED;
    }

    /**
     * Whether the last {@code put_task_struct} waits for a grace period of its own before the memory is free, as it always
     * does in 6.19; up to the union's time it freed at once.
     */
    public boolean defersLastPut() {
        return this == SPLIT || this == TAGGED;
    }
}
