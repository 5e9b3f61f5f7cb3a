package org.jurcu.stress.torture;

import java.util.Locale;

/** The ways in which an updater has a grace period elapse. */
enum Update {
    SYNCHRONIZE,
    EXPEDITED,
    /** {@code synchronize(Duration)}, again and again. */
    TIMED,
    /** {@code getState}, then {@code condSynchronize}. */
    CONDITIONAL,
    CALL,
    /** {@code startPoll}, then {@code pollState} beside other work. */
    START_POLL,
    /** {@code getState}, then {@code pollState}: others see to the grace period. */
    GET_STATE;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
