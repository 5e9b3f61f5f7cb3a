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
 * Two final puts of the one user that there is: I9 of docs/objection.md.
 *
 * <p>Hypothesis: exactly one is told that it was the last, on each layout. On UNION the other one moves the link of the
 * queued callback, mostly without a report, and what is behind is lost; or makes one out of the NULL of the list's last. On SPLIT and
 * TAGGED it is reported, and all callbacks run once. Results: what each was told, and what became of the callbacks.
 *
 * <p>What may hide a failure: where nothing else is queued, the second put has to come after call_rcu.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t SlotTwoFinalPuts}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
@Outcome(
        id = {"last, reported, all ran", "reported, last, all ran"},
        expect = Expect.ACCEPTABLE,
        desc = "One was the last, the other was reported.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both or none were the last, nobody was told, or a callback was lost.")
public class SlotTwoFinalPuts {
    /** On the union with a callback behind. */
    @Outcome(
            id = {"last, reported, all ran", "reported, last, all ran"},
            expect = Expect.ACCEPTABLE,
            desc = "I9 before a callback was queued behind, which healed it.")
    @Outcome(
            id = {"last, silent, X lost", "silent, last, X lost"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I9: one byte before the next head; its callback is lost, and nobody was told.")
    @Outcome(
            id = {"last, reported, X lost", "reported, last, X lost"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I9: the repair came after the link, and took half of it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both or none were the last.")
    public static class Twins {}

    /** On the union with nothing behind. */
    @Outcome(
            id = {"last, reported, all ran", "reported, last, all ran"},
            expect = Expect.ACCEPTABLE,
            desc = "I9 before call_rcu, which wrote over it.")
    @Outcome(
            id = {"last, reported, list damaged, then all ran", "reported, last, list damaged, then all ran"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I9: the NULL became a link into nowhere.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both or none were the last, or a callback was lost.")
    public static class LastTwins {}

    /** The link of a queued head. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedUnionI9 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI9() {
            super(SlotScene.union());
        }

        @Actor
        public void left(LLL_Result r) {
            r.r1 = putOneOfTwo(true);
        }

        @Actor
        public void right(LLL_Result r) {
            r.r2 = putOneOfTwo(true);
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellEnd(r);
        }
    }

    /** The NULL of the last head. */
    @JCStressTest
    @JCStressMeta(LastTwins.class)
    @State
    public static class WeakenedUnionLastI9 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionLastI9() {
            super(SlotScene.union());
        }

        @Actor
        public void left(LLL_Result r) {
            r.r1 = putOneOfTwo(false);
        }

        @Actor
        public void right(LLL_Result r) {
            r.r2 = putOneOfTwo(false);
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellEnd(r);
        }
    }

    /** Two words. */
    @JCStressTest
    @JCStressMeta(SlotTwoFinalPuts.class)
    @State
    public static class ShippedSplit extends SlotRace {
        /** For jcstress. */
        public ShippedSplit() {
            super(SlotScene.split());
        }

        @Actor
        public void left(LLL_Result r) {
            r.r1 = putOneOfTwo(true);
        }

        @Actor
        public void right(LLL_Result r) {
            r.r2 = putOneOfTwo(true);
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellEnd(r);
        }
    }

    /** One word with a tag. */
    @JCStressTest
    @JCStressMeta(SlotTwoFinalPuts.class)
    @State
    public static class ShippedTagged extends SlotRace {
        /** For jcstress. */
        public ShippedTagged() {
            super(SlotScene.tagged());
        }

        @Actor
        public void left(LLL_Result r) {
            r.r1 = putOneOfTwo(true);
        }

        @Actor
        public void right(LLL_Result r) {
            r.r2 = putOneOfTwo(true);
        }

        @Arbiter
        public void end(LLL_Result r) {
            tellEnd(r);
        }
    }
}
