package org.jurcu.task.load;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The simulated {@code call_rcu}: a callback waits for the end of the grace period that begins after it was queued. Those of
 * one grace period run one after the other, with other CPUs' events between them.
 */
final class GracePeriods {
    private static final int SHORTEST = 2_000_000;
    private static final int LONGEST = 12_000_000;
    private static final int CALLBACK = 4_000;

    private final Machine machine;
    private final Dice dice;
    private final Consumer<SimTask> callback;
    /** Waiting for the grace period that goes on, and for the one behind it. */
    private Queue<SimTask> waiting = new ArrayDeque<>();

    private Queue<SimTask> next = new ArrayDeque<>();

    GracePeriods(Machine machine, Dice dice, Consumer<SimTask> callback) {
        this.machine = machine;
        this.dice = dice;
        this.callback = callback;
    }

    void call(SimTask task) {
        next.add(task);
        if (waiting.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        Queue<SimTask> empty = waiting;
        waiting = next;
        next = empty;
        machine.timers().at(machine.clock() + dice.between(SHORTEST, LONGEST), this::invoke);
    }

    private void invoke() {
        callback.accept(waiting.remove());
        if (!waiting.isEmpty()) {
            machine.timers().at(machine.clock() + CALLBACK, this::invoke);
        } else if (!next.isEmpty()) {
            begin();
        }
    }
}
