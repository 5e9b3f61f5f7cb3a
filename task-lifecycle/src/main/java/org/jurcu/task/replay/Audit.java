package org.jurcu.task.replay;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.task.Kernel;
import org.jurcu.task.SlotDamage;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;

/** Watches the model while it runs, and compares every lifetime with the kernel's when all callbacks have run. */
final class Audit implements Tracepoints {
    /** The least that a kernel's grace period is granted at the end of a recording that shows few of them. */
    private static final long GRACE_NANOS = 50_000_000;

    private static final int ENOUGH_GRACE_PERIODS = 10;

    private final Findings findings;
    private final LongAdder earlyFrees = new LongAdder();
    private final LongAdder doubleFrees = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private Actors actors;
    private Kernel kernel;
    private SignalMatcher signals;
    private LongSupplier clock;

    long modelFrees;
    long matched;
    long zombiesLeft;
    long liveLeft;
    long leaks;

    Audit(Findings findings) {
        this.findings = findings;
    }

    void watch(Kernel watched, Actors of, SignalMatcher matcher, LongSupplier recordingClock) {
        this.kernel = watched;
        this.actors = of;
        this.signals = matcher;
        this.clock = recordingClock;
    }

    long earlyFrees() {
        return earlyFrees.sum();
    }

    long doubleFrees() {
        return doubleFrees.sum();
    }

    long warnings() {
        return warnings.sum();
    }

    // What the kernel tells while it runs

    @Override
    public void callRcu(TaskStruct task) {
        Actor actor = actors.of(task);
        if (actor != null) {
            if (actor.lastPutNanos == 0) { // not again for the memory, which the kernel does not tell of
                actor.lastPutNanos = clock.getAsLong();
            }
            actor.cookie = kernel.rcu().getState();
        }
    }

    @Override
    public void schedProcessFree(TaskStruct task) {
        Actor actor = actors.of(task);
        if (actor == null) {
            return;
        }
        if (actor.modelFrees.incrementAndGet() > 1) {
            doubleFrees.increment();
            findings.proven(actor, "the model freed it twice");
        }
        afterGracePeriod(actor);
    }

    @Override
    public void freeTask(TaskStruct task) {
        Actor actor = actors.of(task);
        if (actor == null) {
            return;
        }
        actor.memoryFrees.incrementAndGet();
        if (kernel.layout().defersLastPut()) {
            afterGracePeriod(actor);
        } else if (actor.modelFrees.get() == 0) {
            earlyFree(actor, "its memory was freed before the grace period after its release had ended");
        }
        if (!kernel.layout().hasRcuUsers()) {
            actor.lastPutNanos = clock.getAsLong(); // later than its call_rcu if it ran at the time
        }
    }

    private void afterGracePeriod(Actor actor) {
        long cookie = actor.cookie;
        actor.cookie = 0;
        if (cookie == 0 || !kernel.rcu().pollState(cookie)) {
            earlyFree(actor, "freed before the grace period after its last put had ended");
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

    @Override
    public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
        Actor sender = actors.of(current);
        Actor told = actors.of(parent);
        if (sender == null) {
            return; // a parent outside the recording reaped it
        }
        if (!sent) {
            signals.modelSuppressed(sender);
        } else if (told == null || actors.isOutside(parent)) {
            signals.modelSent(sender, new SignalMatcher.Sigchld(null, parent.pid()));
        } else {
            signals.modelSent(sender, new SignalMatcher.Sigchld(told.group, told.pid));
        }
    }

    // What readers and counters tell

    /** A reader held or found the task that had that generation, and it was freed. */
    void earlyFree(TaskStruct task, int generation, String what) {
        earlyFrees.increment();
        findings.mismatch(task.pid(), what, task, generation);
    }

    private void earlyFree(Actor actor, String what) {
        earlyFrees.increment();
        findings.proven(actor, what);
    }

    void refcountWarning(RefcountWarning warning, Object counter, TaskStruct owner) {
        warnings.increment();
        findings.mismatch(
                owner.isPoisoned() ? 0 : owner.pid(), warning + " \"" + warning.text() + "\" of " + counter, owner);
    }

    // The end

    /** Every lifetime beside the kernel's, after the last callback. */
    void settle(long endNanos) {
        long longest = 0;
        int seen = 0;
        for (Actor actor : actors.all()) {
            if (actor.kernelFreed && actor.lastPutNanos != 0) {
                longest = Math.max(longest, actor.kernelFreedNanos - actor.lastPutNanos);
                seen++;
            }
        }
        long grace = seen >= ENOUGH_GRACE_PERIODS ? 2 * longest : Math.max(2 * longest, GRACE_NANOS);
        for (Actor actor : actors.all()) {
            settle(actor, endNanos - grace);
        }
    }

    private void settle(Actor actor, long confirmedUntil) {
        boolean freed = isFreed(actor);
        if (!freed) {
            countLeft(actor);
        }
        if (actor.kernelFreed && freed) {
            matched++;
            modelFrees++;
        } else if (actor.kernelFreed) {
            findings.proven(actor, "the kernel freed it, the model did not: " + actor.task);
        } else if (freed && actor.lastPutNanos > confirmedUntil) {
            findings.infer(Findings.Inference.UNCONFIRMED_FREE);
        } else if (freed) {
            modelFrees++;
            findings.proven(actor, "the model freed it, the kernel did not");
        }
        if (!countsInOrder(actor, freed)) {
            leaks++;
            findings.proven(actor, "its counts do not end where they must: " + actor.task);
        }
    }

    /**
     * What the kernel's {@code sched_process_free} tells: nobody finds the task and no CPU runs it, and a grace period has
     * ended since. Before there were rcu users the event came a grace period after the release, also for a task that
     * still ran; it is the memory then that waited for both.
     */
    private boolean isFreed(Actor actor) {
        return (kernel.layout().hasRcuUsers() ? actor.modelFrees : actor.memoryFrees).get() > 0;
    }

    private void countLeft(Actor actor) {
        if (!actor.exitBegun) {
            liveLeft += actor.adopted ? 0 : 1;
        } else if (actor.task.exitState() == TaskStruct.EXIT_ZOMBIE) {
            zombiesLeft++;
        }
    }

    private boolean countsInOrder(Actor actor, boolean freed) {
        if (freed) {
            return actor.memoryFrees.get() == 1; // its slot may serve another task by now
        }
        boolean released = actor.notified && actor.task.exitState() == TaskStruct.EXIT_DEAD;
        int users = (released ? 0 : 1) + (actor.switchedOut ? 0 : 1);
        if (!kernel.layout().hasRcuUsers()) {
            return users > 0 && actor.task.usage() == users;
        }
        return users > 0 && actor.task.rcuUsers() == users && actor.task.usage() == 1;
    }
}
