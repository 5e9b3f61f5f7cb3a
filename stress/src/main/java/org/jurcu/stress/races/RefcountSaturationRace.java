package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Refcount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Two increments race over the top of a counter.
 *
 * <p>Hypothesis: whichever order the two additions and the two repairs take, the counter ends at {@code SATURATED} and
 * never in the live range: an addition acts first and is judged by what it found, so at least one of the two sees the
 * overflow, and the repair's target lies 2^30 away from the live range on both sides. The race is entered from
 * {@code MAX} and from {@code MAX - 1}, where the first increment is still good.
 *
 * <p>What may hide a failure: the window between an addition and its repair is a few instructions. That is why the twin
 * with the guard before the act is here: it has a window of the same width and must be caught in it.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RefcountSaturationRace}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                     samples         bad  share
 * Model                  1,921,062           0  0
 * WeakenedCheckThenAct   1,777,702     106,205  6.0 %
 * WeakenedNoRepair       1,757,222   1,757,222  100 %
 * ShippedAtMax             907,302           0  0
 * ShippedBelowMax          989,222           0  0
 * ShippedIncNotZero      2,658,342           0  0
 * </pre>
 */
@Outcome(id = "-1073741824", expect = Expect.ACCEPTABLE, desc = "Saturated.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Neither saturated nor right: the count has lost references.")
public class RefcountSaturationRace {
    private static final int MAX = Integer.MAX_VALUE;
    private static final int SATURATED = 0xC000_0000;

    /** The same outcomes, with the bad ones wanted. */
    @Outcome(id = "-1073741824", expect = Expect.ACCEPTABLE, desc = "Saturated.")
    @Outcome(
            id = "2147483647",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "A live value: one reference is not counted, so the object is freed under its holder.")
    @Outcome(
            id = "-2147483647",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Past the top and unrepaired: as many puts as additions lead back into the live range.")
    public static class Twins {}

    /** Adds, judges what it found, repairs: the kernel's order of steps. */
    @JCStressTest
    @JCStressMeta(RefcountSaturationRace.class)
    @State
    public static class Model {
        private static final VarHandle REFS = Handles.of(Model.class, "refs", int.class);

        int refs = MAX - 1;

        private void inc() {
            int old = (int) REFS.getAndAdd(this, 1);
            if (old < 0 || old + 1 < 0) {
                REFS.setOpaque(this, SATURATED);
            }
        }

        @Actor
        public void left() {
            inc();
        }

        @Actor
        public void right() {
            inc();
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = (int) REFS.getVolatile(this);
        }
    }

    /** Judges first, then acts: two that judge together count once. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedCheckThenAct {
        private static final VarHandle REFS = Handles.of(WeakenedCheckThenAct.class, "refs", int.class);

        int refs = MAX - 1;

        private void inc() {
            int old = (int) REFS.getVolatile(this);
            REFS.setVolatile(this, old < 0 || old == MAX ? SATURATED : old + 1);
        }

        @Actor
        public void left() {
            inc();
        }

        @Actor
        public void right() {
            inc();
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = (int) REFS.getVolatile(this);
        }
    }

    /** Adds and does not repair. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoRepair {
        private static final VarHandle REFS = Handles.of(WeakenedNoRepair.class, "refs", int.class);

        int refs = MAX;

        private void inc() {
            REFS.getAndAdd(this, 1);
        }

        @Actor
        public void left() {
            inc();
        }

        @Actor
        public void right() {
            inc();
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = (int) REFS.getVolatile(this);
        }
    }

    /** The library's counter, full. */
    @JCStressTest
    @JCStressMeta(RefcountSaturationRace.class)
    @State
    public static class ShippedAtMax {
        private final Refcount refs = QuietRefcount.of(MAX);

        @Actor
        public void left() {
            refs.inc();
        }

        @Actor
        public void right() {
            refs.inc();
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = refs.read();
        }
    }

    /** The library's counter with room for one. */
    @JCStressTest
    @JCStressMeta(RefcountSaturationRace.class)
    @State
    public static class ShippedBelowMax {
        private final Refcount refs = QuietRefcount.of(MAX - 1);

        @Actor
        public void left() {
            refs.inc();
        }

        @Actor
        public void right() {
            refs.inc();
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = refs.read();
        }
    }

    /** Both counters' conditional increment: {@code incNotZero} overflows into the same place. */
    @JCStressTest
    @JCStressMeta(RefcountSaturationRace.class)
    @State
    public static class ShippedIncNotZero {
        private final Refcount refs = QuietRefcount.of(MAX - 1);

        @Actor
        public void left() {
            refs.inc();
        }

        @Actor
        public void right() {
            refs.incNotZero();
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = refs.read();
        }
    }
}
