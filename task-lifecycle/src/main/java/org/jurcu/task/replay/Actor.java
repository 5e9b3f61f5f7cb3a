package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jurcu.task.TaskStruct;

/**
 * A task of the recording: what the recording told of it so far, and the model's task that plays it. Handed from CPU
 * thread to CPU thread with the turn; only the fields below the line are written by others.
 */
final class Actor {
    /** The model's task: another's, once this one {@link #isGone}. */
    final TaskStruct task;

    private final int generation;
    /** Never forked in the recording: it began in the middle, or the task is the parent of a recorded one. */
    final boolean adopted;
    /** Who called clone, or null. */
    final Actor creator;

    final TaskGroup group;
    /** The number by which the recording names it now; exec by a thread swaps two. */
    int pid;

    boolean exitBegun;
    /** The model has run its {@code exit_notify}. */
    boolean notified;
    /** Its last switch has been replayed. */
    boolean switchedOut;
    /** {@code de_thread} gave it its leader's number before the exec event came. */
    boolean deThreaded;
    /** It makes wait calls in the recording, so that what it reaps is known. */
    boolean waitsRecorded;
    /** It does more in the recording than to clone. */
    boolean active;
    /** What its parent does with SIGCHLD was inferred from this very exit. */
    boolean inferred;

    WaitCall wait;
    final List<SignalMatcher.Sigchld> modelSignals = new ArrayList<>(0);
    final List<SignalMatcher.Sigchld> kernelSignals = new ArrayList<>(0);

    boolean kernelFreed;
    long kernelFreedNanos;

    // Written by whoever drops the last reference, and by the reclaimer.

    /** The grace period that must have ended before the model frees it; 0 until its head is queued. */
    volatile long cookie;

    volatile long lastPutNanos;
    final AtomicInteger modelFrees = new AtomicInteger();
    final AtomicInteger memoryFrees = new AtomicInteger();

    Actor(TaskStruct task, int pid, TaskGroup group, Actor creator, boolean adopted) {
        this.task = task;
        this.generation = task.generation();
        this.pid = pid;
        this.group = group;
        this.creator = creator;
        this.adopted = adopted;
        if (group.leader == null) {
            group.leader = this;
        }
        group.members.add(this);
    }

    /**
     * Whether its history begins before the recording: its children, its namespace or who reaps its orphans may not be
     * what the model takes them for.
     */
    boolean isUncertain() {
        for (Actor a = this; a != null; a = a.creator) {
            if (a.adopted && a.active) {
                return true;
            }
        }
        return false;
    }

    /** Whether the model has freed it, so that its slot may serve another task. */
    boolean isGone() {
        return task.generation() != generation;
    }

    /** {@link TaskStruct#generation} while the slot is this task's. */
    int generation() {
        return generation;
    }

    /** Whether what it does as a parent is not in the recording. */
    boolean isOutside() {
        return adopted && !waitsRecorded;
    }

    boolean leads() {
        return group.leader == this;
    }

    /** The threads of one group, as the clone flags tell them. */
    static final class TaskGroup {
        /** Those whose end is not complete. */
        final List<Actor> members = new ArrayList<>(1);

        Actor leader;

        boolean isEmptyBut(Actor actor) {
            return members.isEmpty() || (members.size() == 1 && members.get(0) == actor);
        }
    }
}
