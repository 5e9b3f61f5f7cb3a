package org.jurcu.task;

import static org.jurcu.model.Interleavings.BLOCKED;
import static org.jurcu.model.Interleavings.END;
import static org.jurcu.model.Interleavings.named;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.model.Interleavings;
import org.jurcu.model.Interleavings.Findings;
import org.jurcu.model.Interleavings.Step;
import org.jurcu.refcount.Refcount;

/**
 * The listing of docs/slot.md, §3: the tagged word with its real bits, threads that put, threads that take a user and
 * put it, and a reclaimer that sees the head through both of its functions and lets the memory serve again.
 *
 * <p>A decision is part of the step whose result it looks at: nobody else can tell when it was made.
 */
final class SlotModel {
    /** Guards that can be taken away. */
    enum Twin {
        /** I2 asks whether the low half is 0, as the union's users would. */
        NO_TAG_CHECK,
        /** I3 adds without comparing. */
        INCREMENT_WITHOUT_COMPARING,
        /** P3 stores a HEAD whose low half is 0. */
        NO_SATURATION_ON_TRANSITION,
        /** P3 stores its HEAD only over the 0 that P1 left. */
        HEAD_ONLY_OVER_ZERO,
        /** P1 is a load and a store. */
        PUT_NOT_ATOMIC,
        /** P2 takes any count for a live one. */
        NO_SIGN_CHECK,
        /** P4 leaves the low half where the straggler put it. */
        NO_REPAIR,
        /** R2 stores without comparing. */
        REPAIR_WITHOUT_COMPARING,
        /** R1 does not look whether the low half is negative. */
        REPAIRS_ANYTHING,
        /** The reclaimer changes the function without comparing. */
        FUNCTION_WITHOUT_COMPARING
    }

    private static final long SATURATED_LOW = Refcount.SATURATED & 0xFFFF_FFFFL;
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;
    private static final long INDEX = 0x5a5_a5a5L;
    private static final int DELAYED_PUT = 1;
    private static final int PUT_CB = 2;
    private static final int FREED = 3;
    private static final int NOT_QUEUED = 4;

    // The shared cells.
    private static final int WORD = 0;
    private static final int USERS = 1; // what init stored, and each increment that succeeded
    private static final int FINAL = 2; // puts that returned true
    private static final int PUTS = 3;
    private static final int REPORTS = 4;
    private static final int LATE = 5; // increments that succeeded after the final put
    private static final int RUN = 6; // callbacks of the final put
    private static final int CELLS = 7;

    // The only register of each thread.
    private static final int SEEN = 0;

    private final Twin twin;

    /**
     * Makes a model.
     *
     * @param twin the guard that it lacks, or null
     */
    SlotModel(Twin twin) {
        this.twin = twin;
    }

    /**
     * Explores one life of the memory.
     *
     * @param users what {@code init} stored
     * @param putters threads that put once, however many users there are
     * @param getters threads that try to take a user, and put it if they could
     */
    Findings explore(int users, int putters, int getters) {
        Interleavings threads = threads(users, putters);
        threads.add(getters, "getter", 1, getter());
        if (putters >= users) {
            threads.add(1, "reclaimer", 1, reclaimer());
        }
        int tooMany = Math.max(0, putters - users);
        return threads.explore((s, own) -> always(s), (s, own) -> atTheEnd(s, tooMany));
    }

    /**
     * Explores a life of one user whose memory serves again, with two, as soon as every put has landed: what is under
     * way then are repairs. There are no getters: they are in sections, and a grace period lies between.
     */
    Findings exploreReuse(int putters) {
        Interleavings threads = threads(1, putters);
        List<Step> reclaimer = reclaimer();
        reclaimer.add(named("init", (s, own, at) -> {
            if (s[PUTS] < putters) {
                return BLOCKED;
            }
            s[WORD] = 2;
            return END;
        }));
        threads.add(1, "reclaimer", 1, reclaimer);
        return threads.explore(
                (s, own) -> null,
                (s, own) -> s[WORD] == 2 ? null : "the next life's count is 0x" + Long.toHexString(s[WORD]));
    }

    private Interleavings threads(int users, int putters) {
        long[] cells = new long[CELLS];
        cells[WORD] = users;
        cells[USERS] = users;
        Interleavings threads = new Interleavings(cells);
        threads.add(putters, "putter", 1, put());
        return threads;
    }

    private boolean is(Twin other) {
        return twin == other;
    }

    /** I1 to I3, then a put. */
    private List<Step> getter() {
        List<Step> steps = new ArrayList<>();
        steps.add(named("I1", (s, own, at) -> look(s[WORD], own, at + 1)));
        steps.add(named("I3", (s, own, at) -> {
            long w = own[SEEN];
            if (s[WORD] != w && !is(Twin.INCREMENT_WITHOUT_COMPARING)) {
                return look(s[WORD], own, at); // at the witness
            }
            int count = (int) w;
            boolean saturates = count < 0 || count == Refcount.MAX;
            s[WORD] = saturates ? (s[WORD] & UPPER) | SATURATED_LOW : s[WORD] + 1;
            s[REPORTS] += saturates ? 1 : 0;
            s[LATE] += s[FINAL];
            s[USERS]++;
            own[SEEN] = 0;
            return at + 1;
        }));
        steps.addAll(put());
        return steps;
    }

    /** I2. */
    private int look(long w, long[] own, int i3) {
        boolean refused = is(Twin.NO_TAG_CHECK) ? (int) w == 0 : w <= 0;
        own[SEEN] = refused ? 0 : w;
        return refused ? END : i3;
    }

    /** P1 to R2. */
    private List<Step> put() {
        List<Step> steps = new ArrayList<>();
        if (is(Twin.PUT_NOT_ATOMIC)) {
            steps.add(named("loads for P1", Interleavings.load(SEEN, WORD)));
            steps.add(named("P1", (s, own, at) -> {
                s[WORD] = own[SEEN];
                own[SEEN] = 0;
                return decide(s, s[WORD]--, at);
            }));
        } else {
            steps.add(named("P1", (s, own, at) -> decide(s, s[WORD]--, at)));
        }
        steps.add(named("P3", (s, own, at) -> {
            if (!is(Twin.HEAD_ONLY_OVER_ZERO) || s[WORD] == 0) {
                s[WORD] =
                        is(Twin.NO_SATURATION_ON_TRANSITION) ? upper(DELAYED_PUT) : upper(DELAYED_PUT) | SATURATED_LOW;
            }
            return END; // and true: the caller queues the head
        }));
        steps.add(named("R1", (s, own, at) -> {
            if ((int) s[WORD] >= 0 && !is(Twin.REPAIRS_ANYTHING)) {
                return END;
            }
            own[SEEN] = s[WORD];
            return at + 1;
        }));
        steps.add(named("R2", (s, own, at) -> {
            long w = own[SEEN];
            own[SEEN] = 0;
            if (s[WORD] != w && !is(Twin.REPAIR_WITHOUT_COMPARING)) {
                return at - 1;
            }
            s[WORD] = (w & UPPER) | SATURATED_LOW;
            return END;
        }));
        return steps;
    }

    /** P2: goes to P3, which is next, to the end, or to R1. */
    private int decide(long[] s, long old, int at) {
        s[PUTS]++;
        if (old == 1) {
            s[FINAL]++;
            return at + 1;
        }
        if ((old >= 2 && old <= Refcount.MAX) || is(Twin.NO_SIGN_CHECK)) {
            return END;
        }
        s[REPORTS]++;
        return is(Twin.NO_REPAIR) ? END : at + 2;
    }

    /** Runs the head's two functions and frees the memory. */
    private List<Step> reclaimer() {
        List<Step> steps = new ArrayList<>();
        changeFunc(steps, DELAYED_PUT, NOT_QUEUED);
        changeFunc(steps, NOT_QUEUED, PUT_CB);
        changeFunc(steps, PUT_CB, FREED);
        return steps;
    }

    private void changeFunc(List<Step> steps, int from, int to) {
        steps.add(named("loads func " + from, (s, own, at) -> {
            if ((s[WORD] & UPPER) != upper(from)) {
                return BLOCKED; // not queued yet: by L2 it can be nothing else
            }
            own[SEEN] = s[WORD];
            return at + 1;
        }));
        steps.add(named("stores func " + to, (s, own, at) -> {
            long w = own[SEEN];
            own[SEEN] = 0;
            if (s[WORD] != w && !is(Twin.FUNCTION_WITHOUT_COMPARING)) {
                return at - 1;
            }
            s[WORD] = upper(to) | (w & ~UPPER);
            s[RUN] += to == NOT_QUEUED ? 1 : 0;
            return at + 1;
        }));
    }

    private static long upper(int func) {
        return 1L << 63 | (long) func << 60 | INDEX << 32;
    }

    private static String always(long[] s) {
        long w = s[WORD];
        if (s[FINAL] > 1) {
            return "two puts were the final one";
        }
        if (s[LATE] > 0) {
            return "an increment succeeded after the final put";
        }
        if (s[FINAL] == 1 && w > 0) {
            return "the word counts again after its final put: " + w;
        }
        boolean borrowed = w >>> 32 == 0xFFFF_FFFFL;
        if (w < 0 && !borrowed) {
            if ((w >>> 32 & 0xFFF_FFFFL) != INDEX) {
                return "the payload is damaged: 0x" + Long.toHexString(w);
            }
            if ((int) w >= 0) {
                return "a HEAD's low half left the saturation zone: 0x" + Long.toHexString(w);
            }
        }
        return null;
    }

    private static String atTheEnd(long[] s, int tooMany) {
        long w = s[WORD];
        if (s[FINAL] == 0) {
            boolean counts = w == s[USERS] - s[PUTS] && s[REPORTS] == 0;
            boolean leaks = w == SATURATED_LOW && s[REPORTS] > 0;
            return counts || leaks ? null : "a count of 0x" + Long.toHexString(w) + " and " + s[REPORTS] + " reports";
        }
        if (s[RUN] != 1) {
            return "the callback ran " + s[RUN] + " times";
        }
        if (s[REPORTS] != tooMany) {
            return tooMany + " puts too many, and " + s[REPORTS] + " reports";
        }
        return w == (upper(FREED) | SATURATED_LOW) ? null : "the word ends as 0x" + Long.toHexString(w);
    }
}
