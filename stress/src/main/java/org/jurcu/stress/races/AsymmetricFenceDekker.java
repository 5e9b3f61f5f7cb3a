package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.fence.AsymmetricFence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The pair of fences that the library gives to its frequent and its rare side, without any RCU around it.
 *
 * <p>Hypothesis: of a thread that stores, passes {@code light()} and loads, and a thread that stores, passes
 * {@code heavy()} and loads the other's variable, at least one sees the other. Under the strategy {@code full} both are
 * full fences and this repeats {@link PlatformDekker} behind the library's own names. Under {@code membarrier} the light
 * side is no instruction at all on x86-64, and what is tested is the operating system's promise; that the compiler keeps
 * store and load in order is not, since HotSpot keeps opaque accesses in order anyway (a model shows that twin).
 *
 * <pre>{@code ./campaign stress --quick --fence membarrier -t AsymmetricFenceDekker}</pre>
 *
 * <p>What may hide a failure: a heavy fence that costs microseconds meets few light ones; each actor therefore waits for
 * the other before its sample. The twins leave out one side each; under {@code membarrier} the twin that keeps the light side
 * alone shows that a compiler barrier alone does nothing.
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, which has the full fence, by {@code ./campaign stress --quick}:
 *
 * <pre>
 * test                 samples    bad  share
 * WeakenedHeavySide     27,015  4,284  15.9 %
 * WeakenedLightSide     39,354  6,810  17.3 %
 * Shipped               24,318      0  0
 * </pre>
 */
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither side saw the other's store.")
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side saw the other's store.")
public class AsymmetricFenceDekker {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Neither side saw the other's store.")
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "At least one side saw the other's store.")
    public static class Twins {}

    /** The two variables. */
    abstract static class Variables extends Meeting {
        private static final VarHandle X = Handles.of(Variables.class, "x", int.class);
        private static final VarHandle Y = Handles.of(Variables.class, "y", int.class);

        int x;
        int y;

        final void storeX() {
            X.setOpaque(this, 1);
        }

        final void storeY() {
            Y.setOpaque(this, 1);
        }

        final int loadX() {
            return (int) X.getOpaque(this);
        }

        final int loadY() {
            return (int) Y.getOpaque(this);
        }
    }

    /** The library's fences. */
    @JCStressTest
    @JCStressMeta(AsymmetricFenceDekker.class)
    @State
    public static class Shipped extends Variables {
        @Actor
        public void frequent(II_Result r) {
            meet();
            storeX();
            AsymmetricFence.light();
            r.r1 = loadY();
        }

        @Actor
        public void rare(II_Result r) {
            meet();
            storeY();
            AsymmetricFence.heavy();
            r.r2 = loadX();
        }
    }

    /** No fence on the frequent side, and on the rare side one that does not reach the other processor. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedLightSide extends Variables {
        @Actor
        public void frequent(II_Result r) {
            meet();
            storeX();
            r.r1 = loadY();
        }

        @Actor
        public void rare(II_Result r) {
            meet();
            storeY();
            VarHandle.fullFence();
            r.r2 = loadX();
        }
    }

    /** No fence on the rare side. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedHeavySide extends Variables {
        @Actor
        public void frequent(II_Result r) {
            meet();
            storeX();
            AsymmetricFence.light();
            r.r1 = loadY();
        }

        @Actor
        public void rare(II_Result r) {
            meet();
            storeY();
            r.r2 = loadX();
        }
    }
}
