package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Refcount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two owners drop the last two references: {@code decAndTest}'s release and its acquire on success.
 *
 * <p>Hypothesis: exactly one of the two is told that it was the last, and that one sees everything that the other
 * wrote before its own put, although those writes are plain. The put's release orders an owner's accesses before its
 * decrement; the acquire of the one that returns true orders them before the destruction.
 *
 * <p>What may hide a failure: on x86 every atomic decrement is a full fence, so a put without its release or acquire
 * shows nothing here and needs weaker hardware. The twins take what x86 can show: a decrement in two steps, and a put
 * before the owner's last access.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RefcountLastPut}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                    samples         bad  share
 * Model                 1,880,102           0  0
 * WeakenedGetThenSet    1,214,502      60,226  5.0 %
 * WeakenedPutTooEarly     968,742      14,137  1.5 %
 * Shipped               2,023,462           0  0
 * </pre>
 */
@Outcome(
        id = {"0, 1", "1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "One was the last, and saw the other's writes.")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "Both were told to free: a double free.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Nobody was told to free: a leak.")
@Outcome(
        id = {"2, .*", ".*, 2"},
        expect = Expect.FORBIDDEN,
        desc = "The last one freed under the other's writes.")
public class RefcountLastPut {
    private static final int NOT_LAST = 0;
    private static final int LAST = 1;
    private static final int LAST_AND_BLIND = 2;

    /** The same outcomes, with the bad ones wanted. */
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "One was the last, and saw the other's writes.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both were told to free: a double free.")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Nobody was told to free: a leak.")
    @Outcome(
            id = {"2, .*", ".*, 2"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The last one freed under the other's writes.")
    public static class Twins {}

    private static int seen(int othersWrite) {
        return othersWrite == 1 ? LAST : LAST_AND_BLIND;
    }

    /** One atomic subtraction with release, and acquire on reaching zero. */
    @JCStressTest
    @JCStressMeta(RefcountLastPut.class)
    @State
    public static class Model {
        private static final VarHandle REFS = Handles.of(Model.class, "refs", int.class);

        int refs = 2;
        int left;
        int right;

        private boolean put() {
            if ((int) REFS.getAndAddRelease(this, -1) != 1) { // release: accesses before the put
                return false;
            }
            VarHandle.acquireFence(); // acquire: the put before the destruction
            return true;
        }

        @Actor
        public void left(II_Result r) {
            left = 1;
            r.r1 = put() ? seen(right) : NOT_LAST;
        }

        @Actor
        public void right(II_Result r) {
            right = 1;
            r.r2 = put() ? seen(left) : NOT_LAST;
        }
    }

    /** Reads, subtracts, stores. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedGetThenSet {
        private static final VarHandle REFS = Handles.of(WeakenedGetThenSet.class, "refs", int.class);

        int refs = 2;
        int left;
        int right;

        private boolean put() {
            int old = (int) REFS.getVolatile(this);
            REFS.setVolatile(this, old - 1);
            return old == 1;
        }

        @Actor
        public void left(II_Result r) {
            left = 1;
            r.r1 = put() ? seen(right) : NOT_LAST;
        }

        @Actor
        public void right(II_Result r) {
            right = 1;
            r.r2 = put() ? seen(left) : NOT_LAST;
        }
    }

    /** Puts before its last access, as a processor may when the put does not release. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedPutTooEarly {
        private static final VarHandle REFS = Handles.of(WeakenedPutTooEarly.class, "refs", int.class);

        int refs = 2;
        int left;
        int right;

        private boolean put() {
            return (int) REFS.getAndAdd(this, -1) == 1;
        }

        @Actor
        public void left(II_Result r) {
            boolean last = put();
            Meeting.pause(); // as long as a store may wait that no release holds back
            left = 1;
            r.r1 = last ? seen(right) : NOT_LAST;
        }

        @Actor
        public void right(II_Result r) {
            boolean last = put();
            Meeting.pause(); // as long as a store may wait that no release holds back
            right = 1;
            r.r2 = last ? seen(left) : NOT_LAST;
        }
    }

    /** The library's counter. */
    @JCStressTest
    @JCStressMeta(RefcountLastPut.class)
    @State
    public static class Shipped {
        private final Refcount refs = new Refcount(2);
        int left;
        int right;

        @Actor
        public void left(II_Result r) {
            left = 1;
            r.r1 = refs.decAndTest() ? seen(right) : NOT_LAST;
        }

        @Actor
        public void right(II_Result r) {
            right = 1;
            r.r2 = refs.decAndTest() ? seen(left) : NOT_LAST;
        }
    }
}
