package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The handshake on which every grace period rests: orders A (reader) and C (updater).
 *
 * <p>Hypothesis: a reader that announces itself, passes A and then loads the pointer, and an updater that unlinks,
 * passes C and then scans the announcements, cannot miss each other: either the reader finds the object gone or the
 * updater finds the reader there. The {@code Model}s say it in two words; the {@code Shipped} tests say it of the
 * library, where missing each other means that an object is destroyed in a reader's hands.
 *
 * <p>What may hide a failure: a store buffer drains within some tens of nanoseconds, so the two sides have to hit that
 * window; and any locked instruction on the way, on x86, is a full fence by accident. The twins show that window and
 * body are wide enough on the machine at hand. They also show that A and C are both needed: each twin leaves out one. The
 * shipped updater passes several locked instructions before its scan, each of which is a fence by accident here.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t ReaderUpdaterDekker}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                             samples         bad  share
 * Model                          2,248,742           0  0
 * ModelProtocol                    938,022           0  0
 * WeakenedProtocolReaderFence      870,742      20,951  2.4 %
 * WeakenedProtocolUpdaterFence     491,467      20,387  4.1 %
 * WeakenedReaderFence            1,624,102     353,798  21.8 %
 * WeakenedUpdaterFence           1,513,438     665,766  44.0 %
 * Shipped                          654,456           0  0
 * ShippedHandle                    610,561           0  0
 * </pre>
 */
public class ReaderUpdaterDekker {

    /** Reader's and updater's sight in the model. */
    @Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "Reader has the old object; updater saw no reader.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Reader has the old object; updater will wait.")
    @Outcome(
            id = {"0, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Reader found the object gone.")
    public static class Sights {}

    /** As in {@link Sights}, with the bad outcome wanted. */
    @Outcome(
            id = "1, 0",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Reader has the old object; updater saw no reader.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Reader has the old object; updater will wait.")
    @Outcome(
            id = {"0, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Reader found the object gone.")
    public static class SightsOfTwins {}

    /** What became of the reader's object. */
    @Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Destroyed in the reader's hands.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class Fates {}

    /** As in {@link Fates}, with the bad outcome wanted. */
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the reader's hands.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class FatesOfTwins {}

    /** Both fences. */
    @JCStressTest
    @JCStressMeta(Sights.class)
    @State
    public static class Model {
        private static final VarHandle ANNOUNCED = Handles.of(Model.class, "announced", int.class);
        private static final VarHandle LINKED = Handles.of(Model.class, "linked", int.class);

        int announced;
        int linked = 1;

        @Actor
        public void reader(II_Result r) {
            ANNOUNCED.setOpaque(this, 1);
            VarHandle.fullFence(); // A: announcement before dereference; matches C
            r.r1 = (int) LINKED.getOpaque(this);
        }

        @Actor
        public void updater(II_Result r) {
            LINKED.setOpaque(this, 0);
            VarHandle.fullFence(); // C: unlinking before scan; matches A
            r.r2 = (int) ANNOUNCED.getOpaque(this);
        }
    }

    /** The reader without A. */
    @JCStressTest
    @JCStressMeta(SightsOfTwins.class)
    @State
    public static class WeakenedReaderFence {
        private static final VarHandle ANNOUNCED = Handles.of(WeakenedReaderFence.class, "announced", int.class);
        private static final VarHandle LINKED = Handles.of(WeakenedReaderFence.class, "linked", int.class);

        int announced;
        int linked = 1;

        @Actor
        public void reader(II_Result r) {
            ANNOUNCED.setOpaque(this, 1);
            r.r1 = (int) LINKED.getOpaque(this);
        }

        @Actor
        public void updater(II_Result r) {
            LINKED.setOpaque(this, 0);
            VarHandle.fullFence(); // C: unlinking before scan; matches nothing
            r.r2 = (int) ANNOUNCED.getOpaque(this);
        }
    }

    /** The updater without C. */
    @JCStressTest
    @JCStressMeta(SightsOfTwins.class)
    @State
    public static class WeakenedUpdaterFence {
        private static final VarHandle ANNOUNCED = Handles.of(WeakenedUpdaterFence.class, "announced", int.class);
        private static final VarHandle LINKED = Handles.of(WeakenedUpdaterFence.class, "linked", int.class);

        int announced;
        int linked = 1;

        @Actor
        public void reader(II_Result r) {
            ANNOUNCED.setOpaque(this, 1);
            VarHandle.fullFence(); // A: announcement before dereference; matches nothing
            r.r1 = (int) LINKED.getOpaque(this);
        }

        @Actor
        public void updater(II_Result r) {
            LINKED.setOpaque(this, 0);
            r.r2 = (int) ANNOUNCED.getOpaque(this);
        }
    }

    /** The whole frozen protocol, complete, under the shipped test's body: the control of the two twins below. */
    @JCStressTest
    @JCStressMeta(Fates.class)
    @State
    public static class ModelProtocol extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The whole frozen protocol without A. */
    @JCStressTest
    @JCStressMeta(FatesOfTwins.class)
    @State
    public static class WeakenedProtocolReaderFence extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenEpochs() {
            @Override
            void readerFence() {}
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The whole frozen protocol without C. */
    @JCStressTest
    @JCStressMeta(FatesOfTwins.class)
    @State
    public static class WeakenedProtocolUpdaterFence extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenEpochs() {
            @Override
            void updaterFence() {}
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The library, its readers found by look-up. */
    @JCStressTest
    @JCStressMeta(Fates.class)
    @State
    public static class Shipped extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = ShippedRcu.byLookup();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The library, its readers holding their handle. */
    @JCStressTest
    @JCStressMeta(Fates.class)
    @State
    public static class ShippedHandle extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }
}
