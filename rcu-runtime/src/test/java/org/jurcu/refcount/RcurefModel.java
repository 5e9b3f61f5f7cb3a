package org.jurcu.refcount;

import org.jurcu.refcount.ConformanceRow.Answer;

/** An rcuref_t by its zones: what is known of the word as an unsigned number, and where each zone rests. */
final class RcurefModel {
    private static final long SATURATED_ZONE = 1L << 31;
    private static final long RELEASED_ZONE = 3L << 30;
    private static final long RING = 1L << 32;

    private long word;
    private RefcountWarning warning; // of the last operation; null when it was silent

    RcurefModel(int references) {
        init(references);
    }

    RefcountWarning warning() {
        return warning;
    }

    int read() {
        return word >= RELEASED_ZONE ? 0 : (int) (word + 1);
    }

    Answer init(int references) {
        warning = null;
        word = (Integer.toUnsignedLong(references) + RING - 1) % RING;
        return Answer.NONE;
    }

    Answer get() {
        warning = null;
        word = (word + 1) % RING;
        if (word >= RELEASED_ZONE) {
            word = RELEASED_ZONE + (1L << 29);
            return Answer.FALSE;
        }
        if (word >= SATURATED_ZONE) {
            word = SATURATED_ZONE + (1L << 29);
            warning = RefcountWarning.RCUREF_SATURATED;
        }
        return Answer.TRUE;
    }

    Answer put() {
        warning = null;
        boolean last = word == 0;
        word = (word + RING - 1) % RING;
        if (word >= RELEASED_ZONE) {
            warning = last ? null : RefcountWarning.RCUREF_IMBALANCED_PUT;
            word = RELEASED_ZONE + (1L << 29);
        } else if (word >= SATURATED_ZONE) {
            word = SATURATED_ZONE + (1L << 29);
        }
        return Answer.of(last);
    }
}
