package org.jurcu.task.replay;

/** In what order the events of different CPUs are played. Those of one CPU are always played in theirs. */
public enum ReplayOrder {
    /** In the recording's: one CPU's thread at a time. */
    TRACE,
    /** Each CPU's thread as fast as it can, ordered across CPUs by causality only: see docs/replay.md. */
    RACY
}
