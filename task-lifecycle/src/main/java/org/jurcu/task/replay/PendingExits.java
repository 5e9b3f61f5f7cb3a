package org.jurcu.task.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tasks that are in {@code do_exit} and whose {@code exit_notify} the model has not run, in the order of their exits. */
final class PendingExits {
    private final Set<Actor> tasks = new LinkedHashSet<>();

    void add(Actor actor) {
        tasks.add(actor);
    }

    void remove(Actor actor) {
        tasks.remove(actor);
    }

    /** A copy, since completing one may complete others. */
    List<Actor> copy() {
        return List.copyOf(tasks);
    }

    int size() {
        return tasks.size();
    }
}
