package org.jurcu.task.replay;

import org.jurcu.task.trace.TraceEvent;

/**
 * What one CPU does next to the audited kernel, and what must have been done before.
 *
 * @param event for which event of the recording: a history tells it
 * @param life whose step it is, for a complaint; may be null
 * @param tickets what it waits for
 * @param action what it does
 */
record Step(TraceEvent event, Lifetime life, Tickets tickets, Runnable action) {}
