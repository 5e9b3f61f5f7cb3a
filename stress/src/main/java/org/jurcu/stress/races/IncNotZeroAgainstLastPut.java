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
 * A reader asks for a reference while the last owner drops its own.
 *
 * <p>Hypothesis: of {@code incNotZero} and the final {@code decAndTest} exactly one succeeds. If the reader got its
 * reference the put was not the last; if the put was the last the reader is refused.
 *
 * <p>What may hide a failure: nothing of x86; the window between looking and counting is a few instructions wide on
 * every machine, and the twins show that it is hit.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t IncNotZeroAgainstLastPut}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                     samples         bad  share
 * Model                  1,275,942           0  0
 * WeakenedCheckThenInc   1,388,582       7,833  0.56 %
 * WeakenedPlainInc       1,757,222     718,954  40.9 %
 * Shipped                  726,635           0  0
 * ShippedAcquire         1,460,262           0  0
 * </pre>
 */
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader came first and keeps the object alive.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The put came first; the reader was refused.")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "The reader holds an object that is being freed.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The reader was refused, yet nobody frees: a leak.")
public class IncNotZeroAgainstLastPut {

    /** The same outcomes, with the use after free wanted. */
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader came first and keeps the object alive.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The put came first; the reader was refused.")
    @Outcome(
            id = "1, 1",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The reader holds an object that is being freed.")
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The reader was refused, yet nobody frees: a leak.")
    public static class Twins {}

    private static int bit(boolean b) {
        return b ? 1 : 0;
    }

    /** Compare and set, again while it fails and the count is not zero. */
    @JCStressTest
    @JCStressMeta(IncNotZeroAgainstLastPut.class)
    @State
    public static class Model {
        private static final VarHandle REFS = Handles.of(Model.class, "refs", int.class);

        int refs = 1;

        @Actor
        public void reader(II_Result r) {
            int old = (int) REFS.getOpaque(this);
            while (old != 0 && !REFS.weakCompareAndSetPlain(this, old, old + 1)) {
                old = (int) REFS.getOpaque(this);
            }
            r.r1 = bit(old != 0);
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit((int) REFS.getAndAddRelease(this, -1) == 1);
        }
    }

    /** Looks, then adds: the guard and the act are two steps. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedCheckThenInc {
        private static final VarHandle REFS = Handles.of(WeakenedCheckThenInc.class, "refs", int.class);

        int refs = 1;

        @Actor
        public void reader(II_Result r) {
            boolean live = (int) REFS.getVolatile(this) != 0;
            if (live) {
                REFS.getAndAdd(this, 1);
            }
            r.r1 = bit(live);
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit((int) REFS.getAndAdd(this, -1) == 1);
        }
    }

    /** Adds without looking: a plain increment where an object may already be dead. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedPlainInc {
        private static final VarHandle REFS = Handles.of(WeakenedPlainInc.class, "refs", int.class);

        int refs = 1;

        @Actor
        public void reader(II_Result r) {
            REFS.getAndAdd(this, 1);
            r.r1 = 1;
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit((int) REFS.getAndAdd(this, -1) == 1);
        }
    }

    /** The library's counter. */
    @JCStressTest
    @JCStressMeta(IncNotZeroAgainstLastPut.class)
    @State
    public static class Shipped {
        private final Refcount refs = new Refcount(1);

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit(refs.incNotZero());
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit(refs.decAndTest());
        }
    }

    /** The variant for memory that is reused in place, which acquires on success. */
    @JCStressTest
    @JCStressMeta(IncNotZeroAgainstLastPut.class)
    @State
    public static class ShippedAcquire {
        private final Refcount refs = new Refcount(1);

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit(refs.incNotZeroAcquire());
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit(refs.decAndTest());
        }
    }
}
