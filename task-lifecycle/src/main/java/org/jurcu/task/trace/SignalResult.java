package org.jurcu.task.trace;

/**
 * What became of a signal: {@code res} of {@code signal_generate}. In the order of the {@code TRACE_SIGNAL_*} numbers of
 * {@code include/trace/events/signal.h}.
 */
public enum SignalResult {
    /** Queued for the target. */
    DELIVERED,
    /** The target ignores it. */
    IGNORED,
    /** One of the same number was pending already. */
    ALREADY_PENDING,
    /** The queue is full and the sender is told so. */
    OVERFLOW_FAIL,
    /** Sent without its siginfo, because the queue is full. */
    LOSE_INFO
}
