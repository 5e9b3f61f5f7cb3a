package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The premise of every proof in this library, with no code of this library in it.
 *
 * <p>Hypothesis: of two threads that each store one variable and then load the other's, at least one sees the other's
 * store, when both variables are volatile or when a full fence stands between store and load. The grace-period
 * handshake is this shape and nothing else, so if a {@code Model} here fails, the JVM or the machine breaks what the
 * proof in docs/grace-period.md starts from, and no result of any other test means anything.
 *
 * <p>The twins keep the shape and take the order away. A store waits in its CPU's store buffer while the load behind
 * it already runs; x86 permits exactly this reordering, and so do all weaker machines. Release and acquire do not
 * prevent it, which is why the second twin exists: it is the repair that looks right and is not.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t PlatformDekker}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                       samples         bad  share
 * ModelFullFence           1,133,348           0  0
 * ModelVolatile            1,368,102           0  0
 * WeakenedNoFence          3,794,982   2,192,410  57.8 %
 * WeakenedReleaseAcquire   1,388,582     489,086  35.2 %
 * </pre>
 */
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither thread saw the other's store.")
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one thread saw the other's store.")
public class PlatformDekker {

    /** The same shape without the order: the bad outcome is wanted. */
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Neither thread saw the other's store.")
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "At least one thread saw the other's store.")
    public static class Twins {}

    /** Volatile variables. */
    @JCStressTest
    @JCStressMeta(PlatformDekker.class)
    @State
    public static class ModelVolatile {
        volatile int x;
        volatile int y;

        @Actor
        public void left(II_Result r) {
            x = 1;
            r.r1 = y;
        }

        @Actor
        public void right(II_Result r) {
            y = 1;
            r.r2 = x;
        }
    }

    /** Opaque variables with a full fence on each side: the form in which the library writes it. */
    @JCStressTest
    @JCStressMeta(PlatformDekker.class)
    @State
    public static class ModelFullFence {
        private static final VarHandle X = Handles.of(ModelFullFence.class, "x", int.class);
        private static final VarHandle Y = Handles.of(ModelFullFence.class, "y", int.class);

        int x;
        int y;

        @Actor
        public void left(II_Result r) {
            X.setOpaque(this, 1);
            VarHandle.fullFence(); // store x before load y; matches the fence of right()
            r.r1 = (int) Y.getOpaque(this);
        }

        @Actor
        public void right(II_Result r) {
            Y.setOpaque(this, 1);
            VarHandle.fullFence(); // store y before load x; matches the fence of left()
            r.r2 = (int) X.getOpaque(this);
        }
    }

    /** No fence on either side. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoFence {
        private static final VarHandle X = Handles.of(WeakenedNoFence.class, "x", int.class);
        private static final VarHandle Y = Handles.of(WeakenedNoFence.class, "y", int.class);

        int x;
        int y;

        @Actor
        public void left(II_Result r) {
            X.setOpaque(this, 1);
            r.r1 = (int) Y.getOpaque(this);
        }

        @Actor
        public void right(II_Result r) {
            Y.setOpaque(this, 1);
            r.r2 = (int) X.getOpaque(this);
        }
    }

    /** Release stores and acquire loads: they order what is before and after, never a store before a later load. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedReleaseAcquire {
        private static final VarHandle X = Handles.of(WeakenedReleaseAcquire.class, "x", int.class);
        private static final VarHandle Y = Handles.of(WeakenedReleaseAcquire.class, "y", int.class);

        int x;
        int y;

        @Actor
        public void left(II_Result r) {
            X.setRelease(this, 1);
            r.r1 = (int) Y.getAcquire(this);
        }

        @Actor
        public void right(II_Result r) {
            Y.setRelease(this, 1);
            r.r2 = (int) X.getAcquire(this);
        }
    }
}
