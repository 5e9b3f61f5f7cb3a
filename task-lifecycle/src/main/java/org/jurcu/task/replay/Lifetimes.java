package org.jurcu.task.replay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jurcu.task.TaskStruct;

/** Whose lifetime the task in each slot of the audited kernel is: asked by whoever drops a reference, and by the reclaimer. */
final class Lifetimes {
    private final Map<TaskStruct, Lifetime> byTask = new ConcurrentHashMap<>();
    private final java.util.Queue<Lifetime> unsettled = new java.util.concurrent.ConcurrentLinkedQueue<>();

    /** Once it has begun. */
    void add(Lifetime life) {
        byTask.put(life.task(), life);
        unsettled.add(life);
    }

    /** The lifetime of the task that is or was last in that slot, or null for one that is no actor's, like init. */
    Lifetime of(TaskStruct task) {
        return byTask.get(task);
    }

    /** Those that the audit has not settled, in the order of their births. */
    java.util.Queue<Lifetime> unsettled() {
        return unsettled;
    }
}
