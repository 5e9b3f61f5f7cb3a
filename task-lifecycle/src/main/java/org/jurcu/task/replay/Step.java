package org.jurcu.task.replay;

import org.jurcu.task.trace.TraceEvent;

/** What one CPU's thread does next to the audited kernel, and what must have been done before. */
final class Step {
    /** For which event of the recording: a history tells it. */
    final TraceEvent event;

    /** Whose step it is, for a complaint. */
    final Lifetime life;

    final Runnable action;
    private final Ticket[] tickets;

    Step(TraceEvent event, Lifetime life, Ticket[] tickets, Runnable action) {
        this.event = event;
        this.life = life;
        this.tickets = tickets;
        this.action = action;
    }

    boolean isDue() {
        for (Ticket ticket : tickets) {
            if (!ticket.isDue()) {
                return false;
            }
        }
        return true;
    }

    void done() {
        for (Ticket ticket : tickets) {
            ticket.done();
        }
    }
}
