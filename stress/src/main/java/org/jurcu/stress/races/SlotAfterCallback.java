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
 * An increment after the callback has run, and after the memory serves again, by somebody who kept a pointer beyond its
 * section: I7 of docs/objection.md.
 *
 * <p>Hypothesis: on UNION the stale link is still in the word, and passes for a count. On SPLIT and TAGGED the increment is
 * refused until the memory serves another task; from then on no layout can tell, and only the section can: a
 * reader that finds the task and increments in one section never meets the next one. Results: the interleaving, what A was
 * told, and what became of the callbacks.
 *
 * <p>What may hide a failure: a grace period lies between the put and the end. A waits for a random time of that order.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t SlotAfterCallback}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
@Outcome(
        id = "I1, granted, all ran",
        expect = Expect.ACCEPTABLE,
        desc = "I1: the increment came first, so that the put was not the last.")
@Outcome(
        id = "I2, refused, all ran",
        expect = Expect.ACCEPTABLE,
        desc = "I2: a count of 1 was read and gone at the compare-and-set.")
@Outcome(
        id = "I3, refused, all ran",
        expect = Expect.ACCEPTABLE,
        desc = "I3: the word was read after the put; on the union its NULL passed for a 0.")
@Outcome(
        id = "I4, refused, all ran",
        expect = Expect.ACCEPTABLE,
        desc = "I4: refused, although a callback is queued behind.")
@Outcome(id = "I7, refused, all ran", expect = Expect.ACCEPTABLE, desc = "I7: refused in free memory.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Anything else: granted and freed, a callback lost or run twice, a damaged head.")
public class SlotAfterCallback {
    /** On the union, with I7 wanted. */
    @Outcome(
            id = "I1, granted, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I1: the increment came first, so that the put was not the last.")
    @Outcome(
            id = "I2, refused, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I2: a count of 1 was read and gone at the compare-and-set.")
    @Outcome(
            id = "I3, refused, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I3: the word was read after the put; on the union its NULL passed for a 0.")
    @Outcome(id = "I4, granted, X lost", expect = Expect.ACCEPTABLE, desc = "I4: the callbacks had not run yet.")
    @Outcome(id = "I4, granted, all ran", expect = Expect.ACCEPTABLE, desc = "I4: the walk had just gone by.")
    @Outcome(
            id = "I7, granted, all ran",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I7: granted in memory that is free, or about to be.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None of the interleavings.")
    public static class Twins {}

    /** The memory serves again, with the next task's count met. */
    @Outcome(
            id = "I1, granted, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I1: the increment came first, so that the put was not the last.")
    @Outcome(
            id = "I2, refused, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I2: a count of 1 was read and gone at the compare-and-set.")
    @Outcome(
            id = "I3, refused, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I3: the word was read after the put; on the union its NULL passed for a 0.")
    @Outcome(id = "I4, refused, all ran", expect = Expect.ACCEPTABLE, desc = "I4: refused.")
    @Outcome(id = "I7, refused, all ran", expect = Expect.ACCEPTABLE, desc = "I7: refused in free memory.")
    @Outcome(
            id = "I7, granted, all ran",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I7: granted a user of a task that was never found.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None of the interleavings.")
    public static class NextTaskTwins {}

    /** The memory serves again, and who asks is in the section in which it found the task. */
    @Outcome(id = "none, not found, all ran", expect = Expect.ACCEPTABLE, desc = "The task was not found any more.")
    @Outcome(
            id = "I1, granted, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I1: the increment came first, so that the put was not the last.")
    @Outcome(
            id = "I2, refused, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I2: a count of 1 was read and gone at the compare-and-set.")
    @Outcome(
            id = "I3, refused, all ran",
            expect = Expect.ACCEPTABLE,
            desc = "I3: the word was read after the put; on the union its NULL passed for a 0.")
    @Outcome(id = "I4, refused, all ran", expect = Expect.ACCEPTABLE, desc = "I4: refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The next task's count was met, or a callback was lost.")
    public static class InSection {}

    /** The link stays in the word. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedUnionI7 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI7() {
            super(SlotScene.union());
        }

        @Actor
        public void owner() {
            release();
        }

        @Actor
        public void reader() {
            incNotZeroWithoutSection();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** A tag cannot tell one task from the next. */
    @JCStressTest
    @JCStressMeta(NextTaskTwins.class)
    @State
    public static class WeakenedTaggedNoSection extends SlotRace {
        /** For jcstress. */
        public WeakenedTaggedNoSection() {
            super(SlotScene.tagged());
        }

        @Actor
        public void owner() {
            releaseAndServeAgain();
        }

        @Actor
        public void reader() {
            incNotZeroWithoutSection();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** Two words. */
    @JCStressTest
    @JCStressMeta(SlotAfterCallback.class)
    @State
    public static class ShippedSplit extends SlotRace {
        /** For jcstress. */
        public ShippedSplit() {
            super(SlotScene.split());
        }

        @Actor
        public void owner() {
            release();
        }

        @Actor
        public void reader() {
            incNotZeroWithoutSection();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** One word with a tag. */
    @JCStressTest
    @JCStressMeta(SlotAfterCallback.class)
    @State
    public static class ShippedTagged extends SlotRace {
        /** For jcstress. */
        public ShippedTagged() {
            super(SlotScene.tagged());
        }

        @Actor
        public void owner() {
            release();
        }

        @Actor
        public void reader() {
            incNotZeroWithoutSection();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** Two words, memory that serves again, and a section. */
    @JCStressTest
    @JCStressMeta(InSection.class)
    @State
    public static class ShippedSplitInSection extends SlotRace {
        /** For jcstress. */
        public ShippedSplitInSection() {
            super(SlotScene.split());
        }

        @Actor
        public void owner() {
            releaseAndServeAgain();
        }

        @Actor
        public void reader() {
            findAndIncNotZero();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** One word with a tag, memory that serves again, and a section. */
    @JCStressTest
    @JCStressMeta(InSection.class)
    @State
    public static class ShippedTaggedInSection extends SlotRace {
        /** For jcstress. */
        public ShippedTaggedInSection() {
            super(SlotScene.tagged());
        }

        @Actor
        public void owner() {
            releaseAndServeAgain();
        }

        @Actor
        public void reader() {
            findAndIncNotZero();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }
}
