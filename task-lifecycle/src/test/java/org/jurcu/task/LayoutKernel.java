package org.jurcu.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;

/**
 * A kernel of one CPU, hence of one callback list, on a given layout, with everything written down that it complains of;
 * and the steps of the two who meet in the word: W, who does the final put and queues the callback, and A, who increments.
 */
final class LayoutKernel implements AutoCloseable {
    private static final int FUNC = RcuUsersSlot.DELAYED_PUT_TASK_STRUCT;

    final TaskLayout layout;
    final Kernel kernel;
    final List<RefcountWarning> warnings = Collections.synchronizedList(new ArrayList<>());
    final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    final List<TaskStruct> freed = Collections.synchronizedList(new ArrayList<>());
    private final List<SlotDamage> damages = Collections.synchronizedList(new ArrayList<>());
    private final List<TaskStruct> damaged = Collections.synchronizedList(new ArrayList<>());
    /** Runs in each callback, on the reclaimer. */
    volatile Consumer<TaskStruct> onFree = task -> {};

    /** What comes between a claim and its release_task; false leaves the release out. */
    Predicate<TaskStruct> onRelease = p -> true;

    private final RefcountWarningHandler before;

    LayoutKernel(TaskLayout layout) {
        this(layout, null);
    }

    /** With rules of its own, if they are not null. */
    LayoutKernel(TaskLayout layout, RulesFactory rules) {
        this.layout = layout;
        before = RefcountWarnings.setHandler((warning, counter, old) -> warnings.add(warning));
        kernel = new Kernel("layout", 1, layout, new Watcher()) {
            @Override
            LayoutRules newRules(int cpus) {
                return rules == null ? super.newRules(cpus) : rules.create(this);
            }

            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    public void releaseTask(TaskStruct current, TaskStruct p) {
                        if (onRelease.test(p)) {
                            super.releaseTask(current, p);
                        }
                    }
                };
            }
        };
    }

    /** Makes the rules of a kernel. */
    interface RulesFactory {
        LayoutRules create(Kernel kernel);
    }

    private final class Watcher implements Tracepoints {
        @Override
        public void schedProcessFree(TaskStruct task) {
            freed.add(task);
            onFree.accept(task);
        }

        @Override
        public void damage(TaskStruct task, SlotDamage damage) {
            damages.add(damage);
            damaged.add(task);
        }

        @Override
        public void doubleFree(TaskStruct task) {
            troubles.add("double free of " + task);
        }

        @Override
        public void warn(TaskStruct task, String what) {
            troubles.add(what);
        }
    }

    // ---- tasks ----

    /** A living task whose slot's number is even or odd: bit 31 of its address on the union. */
    TaskStruct forkAt(int parity) {
        TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
        return (task.index & 1) == parity ? task : kernel.fork().copyProcess(kernel.init(), 0);
    }

    /** A task that was reaped while it ran: the scheduler holds the last rcu user. */
    TaskStruct withOneUser(int parity) {
        TaskStruct task = forkAt(parity);
        kernel.exit().doExit(task);
        if (kernel.waits().wait4(kernel.init(), task.pid(), 0) != task.pid()) {
            throw new IllegalStateException("not reaped: " + task);
        }
        return task;
    }

    // ---- W ----

    /** {@code refcount_dec_and_test}. */
    boolean dec(TaskStruct task) {
        return task.rcuUsers.put(FUNC);
    }

    /** {@code call_rcu}. */
    void callRcu(TaskStruct task) {
        kernel.call(task);
    }

    /** Both. */
    void finalPut(TaskStruct task) {
        task.putTaskStructRcuUser();
    }

    // ---- A ----

    /** The load of an {@code inc_not_zero}. */
    long load(TaskStruct task) {
        return task.rcuUsersWord();
    }

    /** What the checker of the union took down at the time of the load. */
    SlotDamage.Mode mode(TaskStruct task) {
        return task.rcuUsers instanceof UnionRcuUsers union ? union.mode() : null;
    }

    boolean incNotZero(TaskStruct task, long seen) {
        return incNotZero(task, mode(task), seen);
    }

    /** The rest of an {@code inc_not_zero} that has loaded {@code seen}. */
    boolean incNotZero(TaskStruct task, SlotDamage.Mode mode, long seen) {
        RcuUsers users = task.rcuUsers;
        if (users instanceof RcuUsersSlot tagged) {
            return tagged.incNotZero(seen, RefcountWarning.ADD_NOT_ZERO_OVF);
        } else if (users instanceof SplitRcuUsers split) {
            return split.incNotZero((int) seen);
        }
        return ((UnionRcuUsers) users).incNotZero(mode, seen);
    }

    // ---- what happened ----

    /** Lets all grace periods end that are waited for, and runs what waits for them. */
    void graceperiods() {
        kernel.rcu().barrier();
        kernel.rcu().barrier();
    }

    /** The kinds of the damage done so far, and forgets them. */
    List<SlotDamage.Kind> damage() {
        List<SlotDamage.Kind> kinds = damages.stream().map(SlotDamage::kind).toList();
        damages.clear();
        damaged.clear();
        return kinds;
    }

    /** The one damage of that kind. */
    SlotDamage only(SlotDamage.Kind kind) {
        List<SlotDamage> all = damages.stream().filter(d -> d.kind() == kind).toList();
        if (all.size() != 1) {
            throw new AssertionError(kind + " once, not " + damages);
        }
        return all.get(0);
    }

    /** Whose word the one damage of that kind is about. */
    TaskStruct whose(SlotDamage.Kind kind) {
        return damaged.get(damages.indexOf(only(kind)));
    }

    @Override
    public void close() {
        try {
            kernel.close();
        } finally {
            RefcountWarnings.setHandler(before);
        }
    }
}
