package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.task.SlotScene;
import org.jurcu.task.TaskLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A late reader increments {@code rcu_users} while the final put turns it into a queued {@code rcu_head} with another one
 * behind it: I1 to I6 of docs/objection.md, and I10, the same with the refcount_t of 2019. The question on which the
 * kernel's union was taken apart.
 *
 * <p>Hypothesis: on UNION, inc_not_zero inside a section, on a task that was found in it, is granted on a link, and the
 * callback behind is lost; the grace period protects the memory of the word and not its meaning. On SPLIT and TAGGED it is
 * granted only where it keeps the put from being the last, and all callbacks run once. Results: the interleaving, what the
 * reader was told, and what became of the callbacks. Each twin has to meet the interleaving that it is named for;
 * whatever else it meets has a twin of its own.
 *
 * <p>What may hide a failure: the window opens when a callback is queued behind, some tens of nanoseconds after the
 * final put, and closes with the reader's section. So the reader is delayed between finding and incrementing, for a random
 * moment, as the mail has it. I6 further needs a reader that gives back before the walk comes by.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t SlotLateIncrement}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
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
@Outcome(
        id = "I4, refused, all ran",
        expect = Expect.ACCEPTABLE,
        desc = "I4: refused, although a callback is queued behind.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Anything else: granted and freed, a callback lost or run twice, a damaged head.")
public class SlotLateIncrement {
    private static final int SATURATED = 0xC000_0000;

    /** On the union, with I4 wanted. */
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
    @Outcome(
            id = "I4, granted, X lost",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I4: one byte into the next head; its callback is lost.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None of the interleavings.")
    public static class I4 {}

    /** On the union, with I5 wanted. */
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
    @Outcome(
            id = "I5, granted, X lost",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I5: saturated; half of the link is gone, and the next callback lost.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None of the interleavings.")
    public static class I5 {}

    /** On the union, with I6 wanted. */
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
    @Outcome(id = "I4, granted, X lost", expect = Expect.ACCEPTABLE, desc = "I4: given back too late.")
    @Outcome(
            id = "I6, granted, all ran",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I6: held what will be freed, and gave it back before anybody saw.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None of the interleavings.")
    public static class I6 {}

    /** On the union with the older count, with I10 wanted. */
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
    @Outcome(
            id = "I10, granted, X lost",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "I10: one byte into the next head, although bit 31 is set.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None of the interleavings.")
    public static class I10 {}

    /** What a word alone can tell: granted or not, the last put or not, and whether the word is what its owner left. */
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Granted; the put was not the last.")
    @Outcome(
            id = "0, 1, 1",
            expect = Expect.ACCEPTABLE,
            desc = "The put was the last; refused, and the link is intact.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Granted and queued, refused and not queued, or corrupt.")
    public static class Words {}

    static int bit(boolean b) {
        return b ? 1 : 0;
    }

    /** {@code [63: HEAD | 62..32: link | 31..0: count]}; as HEAD the count rests at SATURATED. */
    @JCStressTest
    @JCStressMeta(Words.class)
    @State
    public static class Model {
        private static final VarHandle WORD = Handles.of(Model.class, "word", long.class);
        private static final long HEAD = Long.MIN_VALUE;
        private static final long LINK = 0x1234_5678L << 32;
        private static final long LOW = 0xFFFF_FFFFL;

        long word = 1;

        @Actor
        public void reader(III_Result r) {
            long old = (long) WORD.getOpaque(this);
            while (isLiveCount(old) && !WORD.weakCompareAndSetPlain(this, old, old + 1)) {
                old = (long) WORD.getOpaque(this);
            }
            r.r1 = bit(isLiveCount(old));
        }

        @Actor
        public void owner(III_Result r) {
            boolean last = (long) WORD.getAndAddRelease(this, -1L) == 1;
            if (last) {
                // An addition: whatever a straggler did to the low half meanwhile, it cannot carry out of it.
                WORD.getAndAdd(this, HEAD | (SATURATED & LOW));
                WORD.getAndBitwiseOr(this, LINK);
            }
            r.r2 = bit(last);
        }

        @Arbiter
        public void end(III_Result r) {
            long end = (long) WORD.getVolatile(this);
            r.r3 = bit(r.r2 == 1 ? end == (HEAD | LINK | (SATURATED & LOW)) : end == 1);
        }

        private static boolean isLiveCount(long word) {
            return word >= 0 && (int) word != 0;
        }
    }

    /** A link with a positive low half. */
    @JCStressTest
    @JCStressMeta(I4.class)
    @State
    public static class WeakenedUnionI4 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI4() {
            super(SlotScene.union());
        }

        @Actor
        public void owner() {
            release();
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

    /** A link with bit 31 set, as about half of all addresses have it. */
    @JCStressTest
    @JCStressMeta(I5.class)
    @State
    public static class WeakenedUnionI5 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI5() {
            super(SlotScene.unionWithBit31());
        }

        @Actor
        public void owner() {
            release();
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

    /** The reference is given back while a grace period ends. */
    @JCStressTest
    @JCStressMeta(I6.class)
    @State
    public static class WeakenedUnionI6 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI6() {
            super(SlotScene.union());
        }

        @Actor
        public void owner() {
            release();
        }

        @Actor
        public void reader() {
            findIncNotZeroAndGiveBack();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** Bit 31 means nothing to the refcount_t of 5.4. */
    @JCStressTest
    @JCStressMeta(I10.class)
    @State
    public static class WeakenedUnionI10 extends SlotRace {
        /** For jcstress. */
        public WeakenedUnionI10() {
            super(SlotScene.legacyUnionWithBit31());
        }

        @Actor
        public void owner() {
            release();
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

    /** Two words. */
    @JCStressTest
    @JCStressMeta(SlotLateIncrement.class)
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
            findAndIncNotZero();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** Two words, and the reference is given back. */
    @JCStressTest
    @JCStressMeta(SlotLateIncrement.class)
    @State
    public static class ShippedSplitGivenBack extends SlotRace {
        /** For jcstress. */
        public ShippedSplitGivenBack() {
            super(SlotScene.split());
        }

        @Actor
        public void owner() {
            release();
        }

        @Actor
        public void reader() {
            findIncNotZeroAndGiveBack();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** One word with a tag. */
    @JCStressTest
    @JCStressMeta(SlotLateIncrement.class)
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
            findAndIncNotZero();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** One word with a tag, and the reference is given back. */
    @JCStressTest
    @JCStressMeta(SlotLateIncrement.class)
    @State
    public static class ShippedTaggedGivenBack extends SlotRace {
        /** For jcstress. */
        public ShippedTaggedGivenBack() {
            super(SlotScene.tagged());
        }

        @Actor
        public void owner() {
            release();
        }

        @Actor
        public void reader() {
            findIncNotZeroAndGiveBack();
        }

        @Arbiter
        public void end(LLL_Result r) {
            tell(r);
        }
    }

    /** A whole task on SPLIT: a reader against the scheduler's user, the last one of a task that is reaped already. */
    @JCStressTest
    @JCStressMeta(Words.class)
    @State
    public static class ShippedSplitTask extends SlotTaskRace {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.SPLIT);

        /** For jcstress. */
        public ShippedSplitTask() {
            super(KERNEL);
        }

        @Actor
        public void reader(III_Result r) {
            incNotZero(r);
        }

        @Actor
        public void owner() {
            switchAway();
        }

        @Arbiter
        public void end(III_Result r) {
            tell(r);
        }
    }

    /** A whole task on TAGGED: a reader against the scheduler's user, the last one of a task that is reaped already. */
    @JCStressTest
    @JCStressMeta(Words.class)
    @State
    public static class ShippedTaggedTask extends SlotTaskRace {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.TAGGED);

        /** For jcstress. */
        public ShippedTaggedTask() {
            super(KERNEL);
        }

        @Actor
        public void reader(III_Result r) {
            incNotZero(r);
        }

        @Actor
        public void owner() {
            switchAway();
        }

        @Arbiter
        public void end(III_Result r) {
            tell(r);
        }
    }
}
