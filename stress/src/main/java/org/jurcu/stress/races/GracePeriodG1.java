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
 * The grace-period guarantee itself, in the form in which the kernel's requirements state it.
 *
 * <p>Hypothesis: of {@code x = 1; synchronize(); y = 1} against one section that reads both variables, in either
 * order, no section sees {@code y == 1 && x == 0}. Such a section would have begun before the grace period did and
 * have lasted beyond its end. The order "x, then y" needs the updater to wait; the order "y, then x" needs the grace
 * period to order the two stores and the section to order the two loads.
 *
 * <p>What may hide a failure: x86 swaps neither two stores nor two loads, so for "y, then x" no missing fence can be
 * seen here; its twin therefore does by hand what a compiler may do once nothing orders the stores. Only weaker
 * hardware tests that order in earnest.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t GracePeriodG1}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                      samples         bad  share
 * ModelXThenY               202,613           0  0
 * ModelYThenX               463,540           0  0
 * WeakenedImpatient         251,833      17,734  7.0 %
 * WeakenedNoWait            407,917      64,110  15.7 %
 * WeakenedSwappedStores     661,690      48,842  7.4 %
 * ShippedExpedited          397,097           0  0
 * ShippedPolled             344,578           0  0
 * ShippedXThenY              37,312           0  0
 * ShippedYThenX             276,140           0  0
 * ShippedPlainAccess         84,325           0  0
 * </pre>
 */
@Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "A section spans the grace period.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The section came before.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The section overlaps the start or the end, not both.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The section came after.")
public class GracePeriodG1 {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "A section spans the grace period.")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The section came before.")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The section overlaps the start or the end, not both.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The section came after.")
    public static class Twins {}

    /** The two variables and the two bodies. */
    abstract static class Variables extends Meeting {
        private static final VarHandle X = Handles.of(Variables.class, "x", int.class);
        private static final VarHandle Y = Handles.of(Variables.class, "y", int.class);

        /** Lets a section outlast a grace period that waits for nobody. */
        private static final int LINGER = 60;

        int x;
        int y;

        final void readXThenY(GraceDomain domain, II_Result r) {
            meet();
            domain.readLock();
            r.r1 = (int) X.getOpaque(this);
            linger();
            r.r2 = (int) Y.getOpaque(this);
            domain.readUnlock();
        }

        final void readYThenX(GraceDomain domain, II_Result r) {
            meet();
            domain.readLock();
            r.r2 = (int) Y.getOpaque(this);
            linger();
            r.r1 = (int) X.getOpaque(this);
            domain.readUnlock();
        }

        /** Plain loads with nothing between them, which a compiler may swap: the guarantee covers them too. */
        final void readPlain(GraceDomain domain, II_Result r) {
            meet();
            domain.readLock();
            int seenY = y;
            int seenX = x;
            domain.readUnlock();
            r.r1 = seenX;
            r.r2 = seenY;
        }

        final void writePlainAround(GraceDomain domain) {
            meet();
            x = 1;
            domain.synchronize();
            y = 1;
        }

        final void writeAround(GraceDomain domain) {
            meet();
            X.setOpaque(this, 1);
            domain.synchronize();
            Y.setOpaque(this, 1);
        }

        final void writeSwapped() {
            meet();
            Y.setOpaque(this, 1);
            linger(); // twice as long as the reader, or its two loads would hardly fit in between
            linger();
            X.setOpaque(this, 1);
        }

        private static void linger() {
            for (int i = 0; i < LINGER; i++) {
                Thread.onSpinWait();
            }
        }
    }

    /** The frozen protocol; reads x first. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ModelXThenY extends Variables {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** The frozen protocol; reads y first. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ModelYThenX extends Variables {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(II_Result r) {
            readYThenX(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** A grace period that passes its fence and waits for nobody. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoWait extends Variables {
        private static final GraceDomain DOMAIN = new FrozenEpochs() {
            @Override
            void awaitReaders(long target) {}
        };

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** A grace period that loses patience: it looks at the readers a few times and then ends all the same. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedImpatient extends Variables {
        private static final GraceDomain DOMAIN = new FrozenEpochs() {
            @Override
            void awaitReaders(long target) {
                for (int i = 0; i < 3 && readerBefore(target); i++) {
                    Thread.onSpinWait();
                }
            }
        };

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** What a compiler may make of the two stores when no grace period orders them. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedSwappedStores extends Variables {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(II_Result r) {
            readYThenX(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeSwapped();
        }
    }

    /** The library; reads x first. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedXThenY extends Variables {
        private static final GraceDomain DOMAIN = ShippedRcu.byLookup();

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** The library; reads y first. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedYThenX extends Variables {
        private static final GraceDomain DOMAIN = ShippedRcu.byLookup();

        @Actor
        public void reader(II_Result r) {
            readYThenX(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** The library, in a hurry. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedExpedited extends Variables {
        private static final GraceDomain DOMAIN = ShippedRcu.expedited();

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** The library, asked until its cookie is done; the grace period runs on a third thread. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedPolled extends Variables {
        private static final GraceDomain DOMAIN = ShippedRcu.polled();

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** Counted sections; reads x first. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedSrcuXThenY extends Variables {
        private static final GraceDomain DOMAIN = new ShippedSrcu();

        @Actor
        public void reader(II_Result r) {
            readXThenY(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** Counted sections; reads y first. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedSrcuYThenX extends Variables {
        private static final GraceDomain DOMAIN = new ShippedSrcu();

        @Actor
        public void reader(II_Result r) {
            readYThenX(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writeAround(DOMAIN);
        }
    }

    /** The library; plain accesses. */
    @JCStressTest
    @JCStressMeta(GracePeriodG1.class)
    @State
    public static class ShippedPlainAccess extends Variables {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        @Actor
        public void reader(II_Result r) {
            readPlain(DOMAIN, r);
        }

        @Actor
        public void updater() {
            writePlainAround(DOMAIN);
        }
    }
}
