package org.jurcu.stress.torture;

import java.util.Locale;

/** What the torture can notice; docs/torture.md says how each works. */
enum Detector {
    /** A reader saw an element that a whole grace period had passed over since it was unlinked. */
    AGE,
    /** An element was free when a reader found it, or was freed under it. */
    LIFE,
    /** A reader's store came to its element after the grace period. */
    MAIL,
    /** A cookie was true too early, or false too late. */
    COOKIE,
    /** A barrier returned before a callback that it had to wait for. */
    BARRIER,
    /** An element or a callback was lost, or came back twice. */
    RETURN,
    /** Callbacks did not come round while a flood of them was queued. */
    FLOOD,
    /** A reader that stalled the grace periods was not reported. */
    STALL,
    /** Threads that died inside a section were not found, or others were. */
    DEATH,
    /** Somebody got no further, or a thread was left over. */
    HANG,
    /** Something threw, or was logged, that should not. */
    ERROR;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
