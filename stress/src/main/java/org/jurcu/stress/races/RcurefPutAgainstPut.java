package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Rcuref;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader revives an object between the two steps of its last put, and drops its reference at once, so that two puts
 * arrive at NOREF: P1 and P2 of docs/refcount.md, twice.
 *
 * <p>Hypothesis: exactly one put is told that it was the last, whichever it is, and that one sees what the other thread
 * wrote before its own put, although those writes are plain.
 *
 * <p>What may hide a failure: as for {@code RcurefGetAgainstLastPut}; and of the order only atomicity can fail on x86.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RcurefPutAgainstPut}</pre>
 */
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The reader was refused.")
@Outcome(
        id = {"1, 2", "2, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "One of the two was the last, and saw the other's write.")
@Outcome(
        id = {"2, 1", "2, 2"},
        expect = Expect.FORBIDDEN,
        desc = "Both were told to free: a double free.")
@Outcome(
        id = {"0, 0", "1, 0"},
        expect = Expect.FORBIDDEN,
        desc = "Nobody was told to free: a leak.")
@Outcome(
        id = {"3, .*", "1, 1"},
        expect = Expect.FORBIDDEN,
        desc = "The last one freed under the other's write.")
public class RcurefPutAgainstPut {
    // the reader's answers
    private static final int REFUSED = 0;
    private static final int NOT_LAST = 1;
    private static final int LAST = 2;
    private static final int LAST_AND_BLIND = 3;

    // the owner's
    private static final int OWNER_NOT_LAST = 0;
    private static final int OWNER_LAST = 1;
    private static final int OWNER_LAST_SAW_READER = 2;

    private static final int DEAD = 0xE000_0000;
    private static final int NOREF = -1;

    /** The same outcomes, with the double free wanted; an owner that frees while the reader is still in between is one too. */
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The reader was refused.")
    @Outcome(
            id = {"1, 2", "2, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "One of the two was the last, and saw the other's write.")
    @Outcome(
            id = {"2, 1", "2, 2"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Both were told to free: a double free.")
    @Outcome(
            id = {"0, 0", "1, 0"},
            expect = Expect.FORBIDDEN,
            desc = "Nobody was told to free: a leak.")
    @Outcome(
            id = {"3, .*", "1, 1"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The last one freed under the other's write.")
    public static class Twins {}

    /** The actors: both write before they put, and whoever is the last looks for the other's write. */
    public abstract static class Race {
        private int readersWrite;
        private int ownersWrite;

        abstract boolean get();

        abstract boolean put();

        final int reader() {
            if (!get()) {
                return REFUSED;
            }
            readersWrite = 1;
            if (!put()) {
                return NOT_LAST;
            }
            return ownersWrite == 1 ? LAST : LAST_AND_BLIND;
        }

        final int owner() {
            ownersWrite = 1;
            if (!put()) {
                return OWNER_NOT_LAST;
            }
            return readersWrite == 1 ? OWNER_LAST_SAW_READER : OWNER_LAST;
        }
    }

    /** The two steps, in a few lines. */
    @JCStressTest
    @JCStressMeta(RcurefPutAgainstPut.class)
    @State
    public static class Model extends Race {
        private static final VarHandle REFS = Handles.of(Model.class, "refs", int.class);

        int refs; // one reference

        @Override
        boolean get() {
            return (int) REFS.getAndAdd(this, 1) + 1 >= 0;
        }

        @Override
        boolean put() {
            return (int) REFS.getAndAdd(this, -1) - 1 == NOREF && REFS.compareAndSet(this, NOREF, DEAD);
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = reader();
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = owner();
        }
    }

    /** P2 is a store: both that arrive at NOREF are told. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedStoreDead extends Race {
        private static final VarHandle REFS = Handles.of(WeakenedStoreDead.class, "refs", int.class);

        int refs;

        @Override
        boolean get() {
            return (int) REFS.getAndAdd(this, 1) + 1 >= 0;
        }

        @Override
        boolean put() {
            boolean last = (int) REFS.getAndAdd(this, -1) - 1 == NOREF;
            if (last) {
                REFS.setVolatile(this, DEAD);
            }
            return last;
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = reader();
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = owner();
        }
    }

    /** The library's counter, one reference. */
    @JCStressTest
    @JCStressMeta(RcurefPutAgainstPut.class)
    @State
    public static class Shipped extends Race {
        private final Rcuref refs = new Rcuref(1);

        @Override
        boolean get() {
            return refs.get();
        }

        @Override
        boolean put() {
            return refs.putRcusafe();
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = reader();
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = owner();
        }
    }

    /** The library's counter when the reader has its reference already: the two last puts, and what they see. */
    @JCStressTest
    @JCStressMeta(RcurefPutAgainstPut.class)
    @State
    public static class ShippedTwoOwners extends Race {
        private final Rcuref refs = new Rcuref(2);

        @Override
        boolean get() {
            return true;
        }

        @Override
        boolean put() {
            return refs.putRcusafe();
        }

        @Actor
        public void reader(II_Result r) {
            r.r1 = reader();
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = owner();
        }
    }
}
