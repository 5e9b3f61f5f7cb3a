package org.jurcu.stress.campaign;

import java.time.Duration;

/** How long each part takes unless the user says otherwise: five minutes in all, or one with {@code --quick}. */
final class Budget {
    private Budget() {}

    static Duration stress(boolean quick) {
        return Duration.ofSeconds(quick ? 35 : 150);
    }

    static Duration bench(boolean quick) {
        return Duration.ofSeconds(quick ? 15 : 110);
    }
}
