package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.TaskStruct;

/**
 * A task of the recording: what the recording told of it so far, and the model's task by which the player understands it.
 * Handed from CPU thread to CPU thread with the turn; {@link #life} is what the audit follows.
 */
final class Actor extends Chain.Link<Actor> {
    /** The model's task: another's, once this one {@link #isGone}. */
    final TaskStruct task;

    private final int generation;
    /** Never forked in the recording: it began in the middle, or the task is the parent of a recorded one. */
    final boolean adopted;
    /** The first of its ancestors in the recording; itself if nobody is known to have made it. */
    private final Actor root;

    final TaskGroup group;
    final Lifetime life;
    /** Orders its runs on different CPUs. */
    final Turn run = new Turn();
    /** Of those with its number that the kernel has not freed, the one after it. */
    Actor nextUnfreed;

    /** The CPU on which it ran last. */
    int cpu;

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
    /** The kernel has released it; which wait took it, its return will tell. */
    boolean releasedInKernel;
    /** It does more in the recording than to clone. */
    boolean active;
    /** What its parent does with SIGCHLD was inferred from this very exit. */
    boolean inferred;

    WaitCall wait;
    final List<SignalMatcher.Sigchld> modelSignals = new ArrayList<>(0);
    final List<SignalMatcher.Sigchld> kernelSignals = new ArrayList<>(0);

    Actor(TaskStruct task, int pid, TaskGroup group, Actor creator, boolean adopted) {
        this.task = task;
        this.generation = task.generation();
        this.pid = pid;
        this.group = group;
        this.root = creator == null ? this : creator.root;
        this.adopted = adopted;
        this.life = new Lifetime(this, adopted);
        if (group.leader == null) {
            group.leader = this;
        }
        group.threaded |= !group.members.isEmpty();
        group.members.add(this);
    }

    /**
     * Whether its history begins before the recording: its children, its namespace or who reaps its orphans may not be
     * what the model takes them for.
     */
    boolean isUncertain() {
        return root.adopted && root.active;
    }

    /** Whether the player's model has freed it, so that its slot may serve another task. */
    boolean isGone() {
        return task.generation() != generation;
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

        /** The calls of its threads that have not returned. */
        final List<WaitCall> waits = new ArrayList<>(0);

        /** Orders what happens between it and its kin, as far as that matters. */
        final Turn kin = new Turn();
        /** It has had children or tracees, so that others may become its children. */
        boolean hasKin;

        /** It has had tracees, whom an end of its threads lets go. */
        boolean hasTracees;
        /** It has had a second thread. */
        boolean threaded;

        boolean isEmptyBut(Actor actor) {
            return members.isEmpty() || (members.size() == 1 && members.get(0) == actor);
        }
    }
}
