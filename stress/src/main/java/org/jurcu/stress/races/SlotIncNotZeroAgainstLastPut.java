package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.task.RcuUsersSlot;
import org.jurcu.task.TaskStruct;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A late reader asks for a reference on {@code rcu_users} while the final put turns the same 64-bit word into a queued
 * {@code rcu_head}: the question on which the kernel's union was taken apart.
 *
 * <p>Hypothesis: in the tagged word a reader that is granted a reference keeps the put from being the last, and a reader
 * that comes after the last put is refused; and whatever the reader tries, the link of the queued callback stays intact.
 * Results: whether the reader was granted, whether the put was the last, and whether the word then is what its owner
 * left (1) or not (0).
 *
 * <p>What may hide a failure: the window is the time between the final put and the queueing of another callback behind
 * it, since until then the link is null and looks like a count of zero. The twins queue at once. They are the kernel's
 * layout of 5.4 to 6.3, where only the convention that nobody increments protected the list.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t SlotIncNotZeroAgainstLastPut}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                       samples         bad  share
 * Model                    1,511,462           0  0
 * WeakenedUnion            1,828,902     438,801  24.0 %
 * WeakenedUnionBit31       1,306,662     456,100  34.9 %
 * WeakenedUnionDoublePut   2,781,222   2,624,739  94.4 %
 * Shipped                  1,163,302           0  0
 * ShippedDoublePut         1,030,182           0  0
 * ShippedTask                131,431           0  0
 * </pre>
 */
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Granted; the put was not the last.")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The put was the last; refused, and the link is intact.")
@Outcome(id = "1, 1, .*", expect = Expect.FORBIDDEN, desc = "Granted on an object whose callback is queued.")
@Outcome(id = ".*, .*, 0", expect = Expect.FORBIDDEN, desc = "The callback list is corrupt.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Refused, yet nobody frees.")
public class SlotIncNotZeroAgainstLastPut {
    private static final int SATURATED = 0xC000_0000;

    /** The same outcomes, with the corruption wanted. */
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Granted; the put was not the last.")
    @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The put was the last; the reader met a null link.")
    @Outcome(
            id = {"1, 1, 0", "0, 1, 0"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The reader counted on a link: the callback list is corrupt.")
    @Outcome(
            id = "1, 1, 1",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Granted on an object whose callback is queued; the link was written over it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Refused, yet nobody frees.")
    public static class Twins {}

    /** Two puts of the one user there is. */
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "One was the last; the other was reported, and the link is intact.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Queued twice or never, or the callback list is corrupt.")
    public static class DoublePuts {}

    /** The same outcomes, with the corruption wanted. */
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "One was the last; the other met a null link, which was then written over.")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The second put moved the link of the queued callback.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Queued twice or never.")
    public static class DoublePutTwins {}

    private static int bit(boolean b) {
        return b ? 1 : 0;
    }

    /** {@code [63: HEAD | 62..32: link | 31..0: count]}; as HEAD the count rests at SATURATED. */
    @JCStressTest
    @JCStressMeta(SlotIncNotZeroAgainstLastPut.class)
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

    /** The union: the low half of the link is the count. */
    abstract static class UnionWord {
        private static final VarHandle WORD = Handles.of(UnionWord.class, "word", long.class);

        long word = 1;

        /** refcount_inc_not_zero on the low half, which cannot know that it is looking at a link. */
        final int incNotZero() {
            for (; ; ) {
                long old = (long) WORD.getOpaque(this);
                int count = (int) old;
                if (count == 0) {
                    return 0;
                }
                int next = count < 0 || count == Integer.MAX_VALUE ? SATURATED : count + 1;
                if (WORD.weakCompareAndSetPlain(this, old, withCount(old, next))) {
                    return 1;
                }
            }
        }

        /** refcount_dec_and_test, then call_rcu, then another callback is queued behind this one. */
        final int putAndQueue(long nextHead) {
            if ((long) WORD.getAndAddRelease(this, -1L) != 1) {
                return 0;
            }
            WORD.setRelease(this, 0L);
            WORD.setRelease(this, nextHead);
            return 1;
        }

        final int intact(int last, long nextHead) {
            return bit((long) WORD.getVolatile(this) == (last == 1 ? nextHead : 1));
        }

        private static long withCount(long word, int count) {
            return (word & ~0xFFFF_FFFFL) | (count & 0xFFFF_FFFFL);
        }
    }

    /** A link with a positive low half: the late increment moves it by one byte and reports success. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedUnion extends UnionWord {
        private static final long NEXT_HEAD = 0xFFFF_8880_1234_5680L;

        @Actor
        public void reader(III_Result r) {
            r.r1 = incNotZero();
        }

        @Actor
        public void owner(III_Result r) {
            r.r2 = putAndQueue(NEXT_HEAD);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = intact(r.r2, NEXT_HEAD);
        }
    }

    /** A link with bit 31 set: the late increment takes it for a saturated count and overwrites half of it. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedUnionBit31 extends UnionWord {
        private static final long NEXT_HEAD = 0xFFFF_8881_9ABC_DEF0L;

        @Actor
        public void reader(III_Result r) {
            r.r1 = incNotZero();
        }

        @Actor
        public void owner(III_Result r) {
            r.r2 = putAndQueue(NEXT_HEAD);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = intact(r.r2, NEXT_HEAD);
        }
    }

    /** Two puts of one user on the union: the second subtracts from a link. */
    @JCStressTest
    @JCStressMeta(DoublePutTwins.class)
    @State
    public static class WeakenedUnionDoublePut extends UnionWord {
        private static final long NEXT_HEAD = 0xFFFF_8880_1234_5680L;

        @Actor
        public void left(III_Result r) {
            r.r1 = putAndQueue(NEXT_HEAD);
        }

        @Actor
        public void right(III_Result r) {
            r.r2 = putAndQueue(NEXT_HEAD);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = intact(1, NEXT_HEAD);
        }
    }

    /** The library's word. */
    @JCStressTest
    @JCStressMeta(SlotIncNotZeroAgainstLastPut.class)
    @State
    public static class Shipped {
        private final RcuUsersSlot slot = TaggedWord.withOneUser();

        @Actor
        public void reader(III_Result r) {
            r.r1 = bit(slot.incNotZero());
        }

        @Actor
        public void owner(III_Result r) {
            r.r2 = bit(slot.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT));
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = bit(r.r2 == 1 ? TaggedWord.isIntactHead(slot) : TaggedWord.hasOneUser(slot));
        }
    }

    /** The library's word under two puts of one user: one is told that it was the last, the other harms nothing. */
    @JCStressTest
    @JCStressMeta(DoublePuts.class)
    @State
    public static class ShippedDoublePut {
        private final RcuUsersSlot slot = TaggedWord.withOneUser();

        @Actor
        public void left(III_Result r) {
            r.r1 = bit(slot.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT));
        }

        @Actor
        public void right(III_Result r) {
            r.r2 = bit(slot.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT));
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = bit(TaggedWord.isIntactHead(slot));
        }
    }

    /** A whole task: a reader against the scheduler's user, the last one of a task that is reaped already. */
    @JCStressTest
    @JCStressMeta(SlotIncNotZeroAgainstLastPut.class)
    @State
    public static class ShippedTask {
        private final TaskStruct task = ShippedKernel.reapedWhileRunning();
        private final int generation = task.generation();

        @Actor
        public void reader(III_Result r) {
            ShippedKernel.KERNEL.rcu().readLock();
            r.r1 = bit(task.tryGetTaskStructRcuUser());
            ShippedKernel.KERNEL.rcu().readUnlock();
        }

        @Actor
        public void owner() {
            ShippedKernel.switchAway(task);
        }

        @Arbiter
        public void end(III_Result r) {
            int users = task.rcuUsers();
            boolean freed = task.generation() != generation; // read last: the slot may serve another task by now
            r.r2 = bit(freed || users == 0);
            r.r3 = bit(freed || users <= 1); // a damaged head would have stopped the callback with an exception
            if (r.r1 == 1 && r.r2 == 0) {
                task.putTaskStructRcuUser();
            }
        }
    }
}
