package org.jurcu.task.replay;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskStruct;

/** The recording's tasks by number and by the task of the player's kernel. By the player alone. */
final class Actors {
    private static final int FIRST_SIZE = 1024;

    private final Kernel kernel;
    private final Findings findings;
    private final Moves moves;
    private Actor[] byPid = new Actor[FIRST_SIZE];
    /** Those of that number that the kernel has not freed: the oldest, which leads to the next. */
    private Actor[] unfreed = new Actor[FIRST_SIZE];
    /** By slot of the slab: the task that lives there or did last. */
    private Actor[] bySlot = new Actor[FIRST_SIZE];

    private final Chain<Actor> all = new Chain<>();

    Actors(Kernel kernel, Findings findings, Moves moves) {
        this.kernel = kernel;
        this.findings = findings;
        this.moves = moves;
    }

    /** The task that the recording calls {@code pid} now, or null. */
    Actor get(int pid) {
        return pid >= 0 && pid < byPid.length ? byPid[pid] : null;
    }

    /** The task that the recording calls {@code pid} now; one that it never saw forked is a child of init. */
    Actor getOrAdopt(int pid) {
        Actor actor = get(pid);
        if (actor != null) {
            return actor;
        }
        findings.infer(Findings.Inference.ADOPTED);
        if (pid == Kernel.INIT_PID) {
            return adopt(kernel.init(), pid);
        }
        return adopt(kernel.fork().copyProcess(kernel.init(), 0, pid), pid);
    }

    private Actor adopt(TaskStruct task, int pid) {
        Actor actor = add(new Actor(task, pid, new Actor.TaskGroup(), null, true));
        moves.born(actor, null, 0, null);
        return actor;
    }

    Actor add(Actor actor) {
        int slot = actor.task.slot();
        bySlot = withRoom(bySlot, slot);
        bySlot[slot] = actor;
        int pid = actor.pid;
        byPid = withRoom(byPid, pid);
        byPid[pid] = actor;
        appendUnfreed(actor);
        all.add(actor);
        return actor;
    }

    private static Actor[] withRoom(Actor[] array, int index) {
        return index < array.length ? array : Arrays.copyOf(array, Integer.highestOneBit(index) << 1);
    }

    private void appendUnfreed(Actor actor) {
        unfreed = withRoom(unfreed, actor.pid);
        actor.nextUnfreed = null;
        Actor last = unfreed[actor.pid];
        if (last == null) {
            unfreed[actor.pid] = actor;
            return;
        }
        while (last.nextUnfreed != null) {
            last = last.nextUnfreed;
        }
        last.nextUnfreed = actor;
    }

    private void removeUnfreed(Actor actor) {
        Actor a = unfreed[actor.pid];
        if (a == actor) {
            unfreed[actor.pid] = actor.nextUnfreed;
            return;
        }
        while (a != null && a.nextUnfreed != actor) {
            a = a.nextUnfreed;
        }
        if (a != null) {
            a.nextUnfreed = actor.nextUnfreed;
        }
    }

    /** The actor of a task of the player's kernel, or null for one that is no actor's, like init. */
    Actor of(TaskStruct task) {
        int slot = task.slot();
        return slot < bySlot.length ? bySlot[slot] : null;
    }

    /** {@code find_task_by_pid_ns}: the task that {@code caller}'s namespace calls {@code nr}, or null. */
    Actor seenBy(TaskStruct caller, int nr) {
        Actor actor = get(nr);
        if (actor != null && isSeenAs(caller, actor, nr)) {
            return actor;
        }
        for (Actor other : byPid) {
            if (other != null && isSeenAs(caller, other, nr)) {
                return other;
            }
        }
        return null;
    }

    private boolean isSeenAs(TaskStruct caller, Actor actor, int nr) {
        return !actor.switchedOut && kernel.waits().nrSeenBy(caller, actor.task) == nr;
    }

    /** {@code exchange_tids}. */
    void swapPids(Actor a, Actor b) {
        removeUnfreed(a);
        removeUnfreed(b);
        int pid = a.pid;
        a.pid = b.pid;
        b.pid = pid;
        a.life.pid = a.pid;
        b.life.pid = b.pid;
        byPid[a.pid] = a;
        byPid[b.pid] = b;
        appendUnfreed(a);
        appendUnfreed(b);
    }

    /** The oldest task of that number that has exited and that the kernel has not freed yet, or null. */
    Actor takeUnfreed(int pid) {
        Actor actor = pid >= 0 && pid < unfreed.length ? unfreed[pid] : null;
        if (actor == null || !actor.exitBegun) {
            return null;
        }
        unfreed[pid] = actor.nextUnfreed;
        actor.nextUnfreed = null;
        return actor;
    }

    /** Those that are not forgotten, in the order of their births. */
    void forEach(Consumer<Actor> action) {
        all.forEach(action);
    }

    /** Lets go of one whom the kernel and the audited kernel have freed: nobody who gets its number waits for it. */
    void forget(Actor actor) {
        if (actor.switchedOut && actor.notified) {
            all.remove(actor);
            if (byPid[actor.pid] == actor) {
                byPid[actor.pid] = null;
            }
        }
    }

    /** Whether what {@code task} does as a parent is not in the recording. */
    boolean isOutside(TaskStruct task) {
        Actor actor = of(task);
        return actor == null || actor.isOutside();
    }
}
