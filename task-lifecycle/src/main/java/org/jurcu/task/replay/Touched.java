package org.jurcu.task.replay;

/** What one step changes and what it relies on, each once. Used again for the next step. */
final class Touched {
    private Turn[] turns = new Turn[16];
    private boolean[] changed = new boolean[16];
    private int size;

    void clear() {
        size = 0;
    }

    void changes(Turn turn) {
        changed[indexOf(turn)] = true;
    }

    void reliesOn(Turn turn) {
        indexOf(turn);
    }

    private int indexOf(Turn turn) {
        for (int i = 0; i < size; i++) {
            if (turns[i] == turn) {
                return i;
            }
        }
        if (size == turns.length) {
            turns = java.util.Arrays.copyOf(turns, 2 * size);
            changed = java.util.Arrays.copyOf(changed, 2 * size);
        }
        turns[size] = turn;
        changed[size] = false;
        return size++;
    }

    /** Draws the tickets, in the order of the recording; {@code also} may be null. */
    Ticket[] tickets(Ticket also) {
        Ticket[] tickets = new Ticket[size + (also == null ? 0 : 1)];
        for (int i = 0; i < size; i++) {
            tickets[i] = changed[i] ? turns[i].change() : turns[i].use();
        }
        if (also != null) {
            tickets[size] = also;
        }
        return tickets;
    }
}
