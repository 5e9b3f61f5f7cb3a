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
 * A reader takes a reference of an {@code Rcuref} while its last owner drops its own: P1, P2 and G1 of docs/refcount.md.
 *
 * <p>Hypothesis: exactly one of the two succeeds. A get between the two steps of the put revives the object, and the
 * put's compare-and-set then fails.
 *
 * <p>What may hide a failure: nothing of x86, but the gap between the steps is a few instructions wide. The twins show that
 * it is hit.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RcurefGetAgainstLastPut}</pre>
 */
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader came first, or revived the object.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The put came first; the reader was refused.")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "The reader holds an object that is being freed.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The reader was refused, yet nobody frees: a leak.")
public class RcurefGetAgainstLastPut {

    /** The same outcomes, with the use after free wanted. */
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader came first, or revived the object.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The put came first; the reader was refused.")
    @Outcome(
            id = "1, 1",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The reader holds an object that is being freed.")
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The reader was refused, yet nobody frees: a leak.")
    public static class Twins {}

    private static final int DEAD = 0xE000_0000;
    private static final int NOREF = -1;

    private static int bit(boolean b) {
        return b ? 1 : 0;
    }

    /** The two steps, and a get that looks where it ended. */
    @JCStressTest
    @JCStressMeta(RcurefGetAgainstLastPut.class)
    @State
    public static class Model {
        private static final VarHandle REFS = Handles.of(Model.class, "refs", int.class);

        int refs; // one reference

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit((int) REFS.getAndAdd(this, 1) + 1 >= 0);
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit((int) REFS.getAndAdd(this, -1) - 1 == NOREF && REFS.compareAndSet(this, NOREF, DEAD));
        }
    }

    /** P2 is a store: whoever arrives at NOREF takes the object for dead, and does not look again. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedStoreDead {
        private static final VarHandle REFS = Handles.of(WeakenedStoreDead.class, "refs", int.class);

        int refs;

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit((int) REFS.getAndAdd(this, 1) + 1 >= 0);
        }

        @Actor
        public void owner(II_Result r) {
            boolean last = (int) REFS.getAndAdd(this, -1) - 1 == NOREF;
            if (last) {
                REFS.setVolatile(this, DEAD);
            }
            r.r2 = bit(last);
        }
    }

    /** P2 is missing: the word stays at NOREF, where the next get finds it. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedStaysNoref {
        private static final VarHandle REFS = Handles.of(WeakenedStaysNoref.class, "refs", int.class);

        int refs;

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit((int) REFS.getAndAdd(this, 1) + 1 >= 0);
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit((int) REFS.getAndAdd(this, -1) - 1 == NOREF);
        }
    }

    /** The library's counter. */
    @JCStressTest
    @JCStressMeta(RcurefGetAgainstLastPut.class)
    @State
    public static class Shipped {
        private final Rcuref refs = new Rcuref(1);

        @Actor
        public void reader(II_Result r) {
            r.r1 = bit(refs.get());
        }

        @Actor
        public void owner(II_Result r) {
            r.r2 = bit(refs.putRcusafe()); // never initialised again
        }
    }
}
