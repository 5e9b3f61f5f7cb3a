package org.jurcu.stress.races;

import org.jurcu.task.SlotScene;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A plain increment by somebody who has no user, of the last {@code rcu_head} of a list: I8 of docs/objection.md, and I10,
 * the same with the refcount_t of 2019.
 *
 * <p>Hypothesis: on UNION the saturated count becomes a link, so that the list is left with a head that leads nowhere
 * and a length of 0, until the next callback heals it; the older count, which looks before it acts, leaves the NULL alone. On
 * SPLIT and TAGGED the increment is reported and the list is never touched. Results: the interleaving, the report, and what
 * became of the callbacks after one more was queued.
 *
 * <p>What may hide a failure: an increment between the put and call_rcu is written over, which is harmless. The reader is
 * delayed for a random moment.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t SlotPlainIncrement}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
@Outcome(id = "none, not found, all ran", expect = Expect.ACCEPTABLE, desc = "The task was not found any more.")
@Outcome(
        id = "I1, silent, all ran",
        expect = Expect.ACCEPTABLE,
        desc = "I1: the increment came first, so that the put was not the last.")
@Outcome(id = "I8, ADD_UAF, all ran", expect = Expect.ACCEPTABLE, desc = "I8: reported.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not reported, a damaged list, a callback lost or run twice.")
public class SlotPlainIncrement {
    /** On the union, with I8 wanted. */
    @Outcome(id = "none, not found, all ran", expect = Expect.ACCEPTABLE, desc = "The task was not found any more.")
    @Outcome(
            id = "I1, silent, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I1: the increment came first, so that the put was not the last.")
    @Outcome(id = "I8, ADD_UAF, all ran", expect = Expect.ACCEPTABLE, desc = "I8 before call_rcu, which wrote over it.")
    @Outcome(
            id = "I8, ADD_UAF, list damaged, then all ran",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I8: empty, but for a link into nowhere; healed by the next callback.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Not reported, or a callback lost.")
    public static class Twins {}

    /** On the union with the older count. */
    @Outcome(id = "none, not found, all ran", expect = Expect.ACCEPTABLE, desc = "The task was not found any more.")
    @Outcome(
            id = "I1, silent, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I1: the increment came first, so that the put was not the last.")
    @Outcome(id = "I10, INC_UAF, all ran", expect = Expect.ACCEPTABLE, desc = "I10: refused and reported.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Not reported, or a damaged list.")
    public static class Legacy {}

    /** A count that acts first and repairs then. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedUnionI8 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI8() {
            super(SlotScene.union());
        }

        @Actor
        public void owner() {
            releaseLast();
        }

        @Actor
        public void reader() {
            findAndInc();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellReport(r);
        }
    }

    /** A count that looks first: the union is safe from this one. */
    @JCStressTest
    @JCStressMeta(Legacy.class)
    @State
    public static class ModelUnionI10 extends SlotRace {
        /** For jcstress. */
        public ModelUnionI10() {
            super(SlotScene.legacyUnionWithBit31());
        }

        @Actor
        public void owner() {
            releaseLast();
        }

        @Actor
        public void reader() {
            findAndInc();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellReport(r);
        }
    }

    /** Two words. */
    @JCStressTest
    @JCStressMeta(SlotPlainIncrement.class)
    @State
    public static class ShippedSplit extends SlotRace {
        /** For jcstress. */
        public ShippedSplit() {
            super(SlotScene.split());
        }

        @Actor
        public void owner() {
            releaseLast();
        }

        @Actor
        public void reader() {
            findAndInc();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellReport(r);
        }
    }

    /** One word with a tag. */
    @JCStressTest
    @JCStressMeta(SlotPlainIncrement.class)
    @State
    public static class ShippedTagged extends SlotRace {
        /** For jcstress. */
        public ShippedTagged() {
            super(SlotScene.tagged());
        }

        @Actor
        public void owner() {
            releaseLast();
        }

        @Actor
        public void reader() {
            findAndInc();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellReport(r);
        }
    }
}
