package org.jurcu.stress.races;

import org.jurcu.rcu.RcuHead;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads that each queue a callback and wait for it.
 *
 * <p>Hypothesis: after a thread's {@code barrier} its own callback has run, and what it wrote is visible. A barrier decides
 * that nothing is outstanding by two sums; a callback of the other thread that is queued and run between them must not
 * stand in for its own (docs/callbacks.md, section 2).
 *
 * <p>What may hide a failure: the other thread's whole call has to fall between two loads. The frozen barrier therefore
 * pauses between them, and the shipped one has a reclaimer as third thread on two processors.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t BarrierAgainstCall}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, very busy), JDK 17, with the flags of docs/stress.md but for shorter runs:
 *
 * <pre>
 * test                     samples         bad  share
 * WeakenedIndexesFirst      27,905         106  0.38 %
 * WeakenedSkipsStripe        2,504       2,497  99.7 %
 * </pre>
 */
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both callbacks had run.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A barrier returned before its caller's callback had run.")
public class BarrierAgainstCall {

    /** The same outcomes, with the early return wanted. */
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both callbacks had run.")
    @Outcome(
            id = {"0, 1", "1, 0", "0, 0"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "A barrier returned before its caller's callback had run.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A callback ran more than once.")
    public static class Twins {}

    /** A callback that counts its runs, with a plain field; of one of the two threads. */
    static final class Counted implements RcuHead {
        final int stripe;
        private int runs;

        Counted(int stripe) {
            this.stripe = stripe;
        }

        @Override
        public void invoke() {
            runs++;
        }
    }

    /** Both actors do the same. */
    abstract static class CallThenBarrier extends Meeting {
        private final Counted first = new Counted(0);
        private final Counted second = new Counted(1);

        final void byFirst(GraceDomain domain, II_Result r) {
            meet();
            domain.call(first);
            domain.barrier();
            r.r1 = first.runs;
        }

        final void bySecond(GraceDomain domain, II_Result r) {
            meet();
            domain.call(second);
            domain.barrier();
            r.r2 = second.runs;
        }
    }

    /** The frozen queues, whose callbacks run on the threads that wait. */
    @JCStressTest
    @JCStressMeta(BarrierAgainstCall.class)
    @State
    public static class Model extends CallThenBarrier {
        private static final GraceDomain DOMAIN = new FrozenCallbacks();

        @Actor
        public void first(II_Result r) {
            byFirst(DOMAIN, r);
        }

        @Actor
        public void second(II_Result r) {
            bySecond(DOMAIN, r);
        }
    }

    /** Adds up what was queued before it adds up what has run. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedIndexesFirst extends CallThenBarrier {
        private static final GraceDomain DOMAIN = new FrozenCallbacks() {
            @Override
            boolean nothingIsOutstanding() {
                long queued = queued();
                dwell();
                return invoked() == queued;
            }
        };

        @Actor
        public void first(II_Result r) {
            byFirst(DOMAIN, r);
        }

        @Actor
        public void second(II_Result r) {
            bySecond(DOMAIN, r);
        }
    }

    /** Adds up one stripe's callbacks and not the other's: LineairDB's fence, and rcutorture's barrier that skips a CPU. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedSkipsStripe extends CallThenBarrier {
        private static final GraceDomain DOMAIN = new FrozenCallbacks() {
            @Override
            boolean nothingIsOutstanding() {
                return invoked(0) == queued(0);
            }
        };

        @Actor
        public void first(II_Result r) {
            byFirst(DOMAIN, r);
        }

        @Actor
        public void second(II_Result r) {
            bySecond(DOMAIN, r);
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(BarrierAgainstCall.class)
    @State
    public static class Shipped extends CallThenBarrier {
        private static final GraceDomain DOMAIN = ShippedRcu.byLookup();

        @Actor
        public void first(II_Result r) {
            byFirst(DOMAIN, r);
        }

        @Actor
        public void second(II_Result r) {
            bySecond(DOMAIN, r);
        }
    }
}
