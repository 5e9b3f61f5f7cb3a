package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.task.Kernel;
import org.jurcu.task.SlotDamage;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;

/** Watches the model while it runs, and compares every lifetime with the kernel's when all callbacks have run. */
class Audit implements Tracepoints {
    /** The least that a kernel's grace period is granted at the end of a recording that shows few of them. */
    private static final long GRACE_NANOS = 50_000_000;

    private static final int ENOUGH_GRACE_PERIODS = 10;

    private final Findings findings;
    private final Lifetimes lifetimes;
    private final Perturbation perturbation;
    private final LongAdder earlyFrees = new LongAdder();
    private final LongAdder doubleFrees = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private Kernel kernel;
    private LongSupplier clock;

    // By whoever settles.
    private long longestGrace;
    private int gracePeriods;

    long modelFrees;
    long matched;
    long zombiesLeft;
    long liveLeft;
    long leaks;

    Audit(Findings findings, Lifetimes lifetimes, Perturbation perturbation) {
        this.findings = findings;
        this.lifetimes = lifetimes;
        this.perturbation = perturbation;
    }

    void watch(Kernel watched, LongSupplier recordingClock) {
        this.kernel = watched;
        this.clock = recordingClock;
    }

    final Lifetime lifetimeOf(TaskStruct task) {
        return lifetimes.of(task);
    }

    final long earlyFrees() {
        return earlyFrees.sum();
    }

    final long doubleFrees() {
        return doubleFrees.sum();
    }

    final long warnings() {
        return warnings.sum();
    }

    // What the kernel tells while it runs

    @Override
    public void callRcu(TaskStruct task) {
        Lifetime life = lifetimes.of(task);
        if (life != null) {
            if (life.lastPutNanos == 0) { // not again for the memory, which the kernel does not tell of
                life.lastPutNanos = clock.getAsLong();
            }
            life.cookie = kernel.rcu().getState();
        }
        perturbation.at(Perturbation.Point.BEFORE_CALL_RCU);
    }

    @Override
    public void schedProcessFree(TaskStruct task) {
        perturbation.at(Perturbation.Point.IN_CALLBACK);
        Lifetime life = lifetimes.of(task);
        if (life == null) {
            return;
        }
        if (life.freedByModel() > 1) {
            doubleFrees.increment();
            findings.proven(life, "the model freed it twice");
        }
        afterGracePeriod(life);
    }

    @Override
    public void freeTask(TaskStruct task) {
        Lifetime life = lifetimes.of(task);
        if (life == null) {
            return;
        }
        if (kernel.layout().defersLastPut()) {
            afterGracePeriod(life);
        } else if (life.modelFrees() == 0) {
            earlyFree(life, "its memory was freed before the grace period after its release had ended");
        }
        if (!kernel.layout().hasRcuUsers()) {
            life.lastPutNanos = clock.getAsLong(); // later than its call_rcu if it ran at the time
        }
        life.memoryFreed(); // last: whoever sees it may settle the lifetime
    }

    private void afterGracePeriod(Lifetime life) {
        long cookie = life.cookie;
        life.cookie = 0;
        if (cookie == 0 || !kernel.rcu().pollState(cookie)) {
            earlyFree(life, "freed before the grace period after its last put had ended");
        }
    }

    @Override
    public void doubleFree(TaskStruct task) {
        doubleFrees.increment();
        findings.mismatch(task.pid(), "its memory was freed twice", task);
    }

    @Override
    public void damage(TaskStruct task, SlotDamage damage) {
        warnings.increment();
        findings.mismatch(task.pid(), damage.toString(), task);
    }

    @Override
    public void warn(TaskStruct task, String what) {
        warnings.increment();
        findings.mismatch(task.pid(), what, task);
    }

    // What readers and counters tell

    /** A reader held or found the task that had that generation, and it was freed. */
    final void earlyFree(TaskStruct task, int generation, String what) {
        earlyFrees.increment();
        findings.mismatch(task.pid(), what, task, generation);
    }

    private void earlyFree(Lifetime life, String what) {
        earlyFrees.increment();
        findings.proven(life, what);
    }

    final void refcountWarning(RefcountWarning warning, Object counter, TaskStruct owner) {
        warnings.increment();
        findings.mismatch(
                owner.isPoisoned() ? 0 : owner.pid(), warning + " \"" + warning.text() + "\" of " + counter, owner);
    }

    // The end

    /** Those whose end is compared already: both have freed them. Others are kept for {@link #settle}. */
    final void settleFreed(Consumer<Lifetime> settled) {
        lifetimes.settleFreed(life -> {
            boolean freed = settleIfFreed(life);
            if (freed) {
                settled.accept(life);
            }
            return freed;
        });
    }

    private boolean settleIfFreed(Lifetime life) {
        if (life.modelFrees() == 0 || life.memoryFrees() == 0) {
            return false;
        }
        noteGracePeriod(life);
        settle(life, Long.MAX_VALUE);
        return true;
    }

    private void noteGracePeriod(Lifetime life) {
        if (life.kernelFreed && life.lastPutNanos != 0) {
            longestGrace = Math.max(longestGrace, life.kernelFreedNanos - life.lastPutNanos);
            gracePeriods++;
        }
    }

    /** Every lifetime beside the kernel's, after the last callback. */
    final void settle(long endNanos) {
        lifetimes.forEachUnsettled(this::noteGracePeriod);
        long grace = gracePeriods >= ENOUGH_GRACE_PERIODS ? 2 * longestGrace : Math.max(2 * longestGrace, GRACE_NANOS);
        lifetimes.forEachUnsettled(life -> settle(life, endNanos - grace));
    }

    private void settle(Lifetime life, long confirmedUntil) {
        boolean freed = isFreed(life);
        if (!freed) {
            countLeft(life);
        }
        if (life.kernelFreed && freed) {
            matched++;
            modelFrees++;
        } else if (life.kernelFreed) {
            findings.proven(life, "the kernel freed it, the model did not: " + life.task());
        } else if (freed && life.lastPutNanos > confirmedUntil) {
            findings.infer(Findings.Inference.UNCONFIRMED_FREE);
        } else if (freed) {
            modelFrees++;
            findings.proven(life, "the model freed it, the kernel did not");
        }
        if (!countsInOrder(life, freed)) {
            leaks++;
            findings.proven(life, "its counts do not end where they must: " + life.task(), missing(life));
        }
    }

    /** The puts that must have been and that its history does not have. */
    private List<String> missing(Lifetime life) {
        List<String> missing = new ArrayList<>();
        if (life.switchedOut && !findings.changedIn(life, "Scheduler.finishTaskSwitch")) {
            missing.add("nothing was put in Scheduler.finishTaskSwitch though it was switched out for the last time");
        }
        if (life.modelFrees() > 0 && !findings.changedIn(life, "Exit.delayedPutTaskStruct")) {
            missing.add("nothing was put in Exit.delayedPutTaskStruct though a grace period had ended");
        }
        return missing;
    }

    /**
     * What the kernel's {@code sched_process_free} tells: nobody finds the task and no CPU runs it, and a grace period has
     * ended since. Before there were rcu users the event came a grace period after the release, also for a task that
     * still ran; it is the memory then that waited for both.
     */
    private boolean isFreed(Lifetime life) {
        return (kernel.layout().hasRcuUsers() ? life.modelFrees() : life.memoryFrees()) > 0;
    }

    private void countLeft(Lifetime life) {
        if (!life.exitBegun) {
            liveLeft += life.adopted ? 0 : 1;
        } else if (life.task().exitState() == TaskStruct.EXIT_ZOMBIE) {
            zombiesLeft++;
        }
    }

    private boolean countsInOrder(Lifetime life, boolean freed) {
        if (freed) {
            return life.memoryFrees() == 1; // its slot may serve another task by now
        }
        boolean released = life.notified && life.task().exitState() == TaskStruct.EXIT_DEAD;
        int users = (released ? 0 : 1) + (life.switchedOut ? 0 : 1);
        if (!kernel.layout().hasRcuUsers()) {
            return users > 0 && life.task().usage() == users;
        }
        return users > 0 && life.task().rcuUsers() == users && life.task().usage() == 1;
    }
}
