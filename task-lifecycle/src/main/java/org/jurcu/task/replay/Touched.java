package org.jurcu.task.replay;

import java.util.Arrays;
import java.util.Set;

/**
 * What one step changes and what it relies on, each once. Used again for the next step, but not for long: for each reference
 * that an old object is given G1 wants a fence, and none for those of a new one.
 */
final class Touched {
    private static final int FEW = 6;

    private Turn[] turns = new Turn[FEW];
    private boolean[] changed = new boolean[FEW];
    private long[] numbers = new long[FEW];
    private int size;
    private final Set<Edge> without;

    /** {@code without} those edges, to see what comes of it. */
    Touched(Set<Edge> without) {
        this.without = without;
    }

    void clear() {
        size = 0;
    }

    void changes(Turn turn, Edge why) {
        if (!without.contains(why)) {
            int index = indexOf(turn); // first: it may make room
            changed[index] = true;
        }
    }

    void reliesOn(Turn turn, Edge why) {
        if (!without.contains(why)) {
            indexOf(turn);
        }
    }

    private int indexOf(Turn turn) {
        for (int i = 0; i < size; i++) {
            if (turns[i] == turn) {
                return i;
            }
        }
        if (size == turns.length) {
            turns = Arrays.copyOf(turns, 2 * size);
            changed = Arrays.copyOf(changed, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        turns[size] = turn;
        changed[size] = false;
        return size++;
    }

    /** Draws the tickets, in the order of the recording; {@code also} may be null. */
    Tickets tickets(Ticket also) {
        for (int i = 0; i < size; i++) {
            numbers[i] = changed[i] ? turns[i].change() : turns[i].use();
        }
        return new Tickets(turns, numbers, size, also);
    }
}
