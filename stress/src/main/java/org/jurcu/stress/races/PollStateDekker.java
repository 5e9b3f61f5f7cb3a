package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.rcu.Rcu;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads store a variable each, find a grace period elapsed, and load the other's: the full fence that the kernel's
 * {@code poll_state_synchronize_rcu} has where it says true.
 *
 * <p>Hypothesis: at least one sees the other's store. No reader takes part, and no grace period runs.
 *
 * <p>What may hide a failure: nothing known. Asking loads two words and compares; no store and no locked instruction is on the way
 * but the fence.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t PollStateDekker}</pre>
 *
 * <p>Observed on x86-64 (EPYC, 2 cores, busy), JDK 17, with the flags of docs/stress.md. The last two rows are the library without that
 * fence, as it was:
 *
 * <pre>
 * test                                  samples     bad  share
 * Model                                 835,622       0  0
 * WeakenedNoFence                       465,775  31,612  6.8 %
 * Shipped                               450,667       0  0
 * ShippedCondSynchronize                835,622       0  0
 * Shipped, without                      457,487   8,175  1.8 %
 * ShippedCondSynchronize, without       488,634     229  0.05 %
 * </pre>
 */
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither thread saw the other's store.")
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one thread saw the other's store.")
public class PollStateDekker {

    /** The same shape without the order: the bad outcome is wanted. */
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Neither thread saw the other's store.")
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "At least one thread saw the other's store.")
    public static class Twins {}

    /** The two variables. */
    abstract static class TwoStores {
        private static final VarHandle X = Handles.of(TwoStores.class, "x", int.class);
        private static final VarHandle Y = Handles.of(TwoStores.class, "y", int.class);

        @SuppressWarnings("unused") // through X
        private int x;

        @SuppressWarnings("unused") // through Y
        private int y;

        /** Asks, and throws if the grace period has not elapsed. */
        abstract void ask();

        final int left() {
            X.setOpaque(this, 1);
            ask();
            return (int) Y.getOpaque(this);
        }

        final int right() {
            Y.setOpaque(this, 1);
            ask();
            return (int) X.getOpaque(this);
        }
    }

    /** A word that says how many have elapsed. */
    abstract static class OneWord extends TwoStores {
        private static final VarHandle ELAPSED = Handles.of(OneWord.class, "elapsed", int.class);

        @SuppressWarnings("UnusedVariable") // through ELAPSED
        private int elapsed = 1;

        final void look() {
            if ((int) ELAPSED.getVolatile(this) < 1) {
                throw new IllegalStateException("it has elapsed");
            }
        }
    }

    /** A look, and a full fence. */
    @JCStressTest
    @JCStressMeta(PollStateDekker.class)
    @State
    public static class Model extends OneWord {
        @Override
        void ask() {
            look();
            VarHandle.fullFence(); // one's store before the other's load
        }

        @Actor
        public void left(II_Result r) {
            r.r1 = left();
        }

        @Actor
        public void right(II_Result r) {
            r.r2 = right();
        }
    }

    /** A look in volatile mode, and no fence. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoFence extends OneWord {
        @Override
        void ask() {
            look();
        }

        @Actor
        public void left(II_Result r) {
            r.r1 = left();
        }

        @Actor
        public void right(II_Result r) {
            r.r2 = right();
        }
    }

    /** A domain with a grace period that has elapsed. */
    abstract static class Elapsed extends TwoStores {
        static final Rcu RCU = Rcu.create("stress");
        static final long COOKIE = RCU.getState();

        static {
            RCU.synchronize();
        }
    }

    /** The library's {@code pollState}. */
    @JCStressTest
    @JCStressMeta(PollStateDekker.class)
    @State
    public static class Shipped extends Elapsed {
        @Override
        void ask() {
            if (!RCU.pollState(COOKIE)) {
                throw new IllegalStateException("it has elapsed");
            }
        }

        @Actor
        public void left(II_Result r) {
            r.r1 = left();
        }

        @Actor
        public void right(II_Result r) {
            r.r2 = right();
        }
    }

    /** The library's {@code condSynchronize}, which has nothing to wait for. */
    @JCStressTest
    @JCStressMeta(PollStateDekker.class)
    @State
    public static class ShippedCondSynchronize extends Elapsed {
        @Override
        void ask() {
            RCU.condSynchronize(COOKIE);
        }

        @Actor
        public void left(II_Result r) {
            r.r1 = left();
        }

        @Actor
        public void right(II_Result r) {
            r.r2 = right();
        }
    }
}
