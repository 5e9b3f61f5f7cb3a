package org.jurcu.task;

import org.jurcu.task.SlotDamage.Kind;
import org.jurcu.task.SlotDamage.Mode;

/** What the checker of {@link TaskLayout#UNION} said in one sample. Other layouts have nothing to say. */
final class SlotFindings {
    private int lost;
    private int mismatches;
    private int nowhere;
    private int queuedTwice;
    private Mode bogus;

    synchronized void add(SlotDamage damage) {
        switch (damage.kind()) {
            case BOGUS_SUCCESS -> bogus = damage.mode();
            case LOST_CALLBACK -> lost++;
            case LENGTH_MISMATCH -> mismatches++;
            case LINK_INTO_NOWHERE -> nowhere++;
            case QUEUED_TWICE -> queuedTwice++;
            case COUNT_OP_ON_RCU_HEAD -> {} // the others say what came of it
        }
    }

    synchronized int count(Kind kind) {
        return switch (kind) {
            case LOST_CALLBACK -> lost;
            case LENGTH_MISMATCH -> mismatches;
            case LINK_INTO_NOWHERE -> nowhere;
            case QUEUED_TWICE -> queuedTwice;
            case BOGUS_SUCCESS -> bogus == null ? 0 : 1;
            case COUNT_OP_ON_RCU_HEAD -> throw new IllegalArgumentException("not counted");
        };
    }

    /** What the word was when somebody was told a success that was none; null if nobody was. */
    synchronized Mode bogus() {
        return bogus;
    }
}
