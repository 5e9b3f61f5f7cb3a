package org.jurcu.task.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskStruct;

/** The recording's tasks by number and by the model's task. */
final class Actors {
    private final Kernel kernel;
    private final Findings findings;
    private final Moves moves;
    private final Map<Integer, Actor> byPid = new HashMap<>();
    private final Map<Integer, Deque<Actor>> unfreed = new HashMap<>();
    private final List<Actor> all = new ArrayList<>();
    // Read by whoever is told of a SIGCHLD, on any thread.
    private final Map<TaskStruct, Actor> byTask = new ConcurrentHashMap<>();

    Actors(Kernel kernel, Findings findings, Moves moves) {
        this.kernel = kernel;
        this.findings = findings;
        this.moves = moves;
    }

    /** The task that the recording calls {@code pid} now, or null. */
    Actor get(int pid) {
        return byPid.get(pid);
    }

    /** The task that the recording calls {@code pid} now; one that it never saw forked is a child of init. */
    Actor getOrAdopt(int pid) {
        Actor actor = byPid.get(pid);
        if (actor != null) {
            return actor;
        }
        findings.infer(Findings.Inference.ADOPTED);
        if (pid == Kernel.INIT_PID) {
            return adopt(kernel.init(), pid);
        }
        TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0, pid);
        return adopt(task, pid);
    }

    private Actor adopt(TaskStruct task, int pid) {
        Actor actor = add(new Actor(task, pid, new Actor.TaskGroup(), null, true));
        moves.born(actor, null, 0, null);
        return actor;
    }

    Actor add(Actor actor) {
        TaskStruct task = actor.task;
        int pid = actor.pid;
        byTask.put(task, actor);
        byPid.put(pid, actor);
        unfreed.computeIfAbsent(pid, p -> new ArrayDeque<>(1)).add(actor);
        all.add(actor);
        return actor;
    }

    /** The actor of the model's task, or null for one that is no actor's, like init. */
    Actor of(TaskStruct task) {
        return byTask.get(task);
    }

    /** {@code find_task_by_pid_ns}: the task that {@code caller}'s namespace calls {@code nr}, or null. */
    Actor seenBy(TaskStruct caller, int nr) {
        Actor actor = byPid.get(nr);
        if (actor != null && isSeenAs(caller, actor, nr)) {
            return actor;
        }
        for (Actor other : byPid.values()) {
            if (isSeenAs(caller, other, nr)) {
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
        unfreed.get(a.pid).remove(a);
        unfreed.get(b.pid).remove(b);
        int pid = a.pid;
        a.pid = b.pid;
        b.pid = pid;
        a.life.pid = a.pid;
        b.life.pid = b.pid;
        byPid.put(a.pid, a);
        byPid.put(b.pid, b);
        unfreed.get(a.pid).addLast(a);
        unfreed.get(b.pid).addLast(b);
    }

    /** The oldest task of that number that has exited and that the kernel has not freed yet, or null. */
    Actor takeUnfreed(int pid) {
        Deque<Actor> candidates = unfreed.get(pid);
        Actor actor = candidates == null ? null : candidates.peekFirst();
        if (actor == null || !actor.exitBegun) {
            return null;
        }
        return candidates.pollFirst();
    }

    List<Actor> all() {
        return all;
    }

    /** Lets go of those with whom the recording is done. */
    void forgetFreed() {
        all.removeIf(actor -> actor.life.kernelFreed && actor.switchedOut && actor.notified);
    }

    /** Whether what {@code task} does as a parent is not in the recording. */
    boolean isOutside(TaskStruct task) {
        Actor actor = byTask.get(task);
        return actor == null || actor.isOutside();
    }
}
