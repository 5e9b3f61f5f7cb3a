package org.jurcu.stress.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Counted sections against a grace period that scans one index, flips, and scans the other: orders M (reader) and N
 * (updater), and the protocol around them.
 *
 * <p>Hypothesis: an object that an updater unlinks and destroys after a grace period is never destroyed in the hands of
 * a reader, even if the reader took the index of an earlier grace period, and even if other sections come and go on the
 * stripe and index that it is counted on.
 *
 * <p>What may hide a failure: as for {@link ReaderUpdaterDekker}; and in the library every count is a locked instruction,
 * on x86 a full fence. The frozen copy has none. For two of the twins the reader does by hand what it would take a
 * scheduler, or a third thread, to bring about: it holds on to an old index.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t SrcuIndexFlip}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, load 20), JDK 17, with the flags of docs/stress.md, but -iters 2 -time 150:
 *
 * <pre>
 * test                     samples    bad  share
 * WeakenedReaderFence       27,281    972  3.6 %
 * WeakenedSingleScan        34,366     88  0.3 %
 * WeakenedSumOrder          41,411    205  0.5 %
 * WeakenedUpdaterFence      19,388    338  1.7 %
 * </pre>
 */
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Destroyed in the reader's hands.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
public class SrcuIndexFlip {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the reader's hands.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class Twins {}

    /** What a reader does that has an old index. */
    abstract static class OldIndex extends UnlinkAndDestroy {
        private static final int SECTIONS = 30;

        /** It took the index before a whole grace period, and counts itself after that. */
        final int readLate(FrozenCounters domain) {
            int index = domain.index();
            meet();
            pause();
            domain.lock(index);
            int seen = use(dereference());
            domain.unlock(index);
            return seen;
        }

        /** A grace period that takes the reader's index away, and then the one that it must not slip through. */
        final void flipThenUnlinkThenDestroy(FrozenCounters domain) {
            PoisonedNode old = linked();
            meet();
            domain.synchronize();
            unlink();
            domain.synchronize();
            old.poison();
        }

        /** While its section is open, others come and go on the same stripe, all with the index that it took. */
        final int readAmongOthers(FrozenCounters domain) {
            int index = domain.index();
            meet();
            domain.lock(index);
            PoisonedNode node = dereference();
            boolean poisoned = false;
            for (int i = 0; i < SECTIONS && node != null && !poisoned; i++) {
                domain.lock(index);
                domain.unlock(index);
                poisoned = node.poisoned();
            }
            domain.unlock(index);
            return node == null ? ABSENT : poisoned ? DESTROYED : LIVE;
        }
    }

    /** The frozen protocol. */
    @JCStressTest
    @JCStressMeta(SrcuIndexFlip.class)
    @State
    public static class Model extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenCounters();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The frozen protocol; the reader has an index from before. */
    @JCStressTest
    @JCStressMeta(SrcuIndexFlip.class)
    @State
    public static class ModelStraggler extends OldIndex {
        private static final FrozenCounters DOMAIN = new FrozenCounters();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readLate(DOMAIN);
        }

        @Actor
        public void updater() {
            flipThenUnlinkThenDestroy(DOMAIN);
        }
    }

    /** The frozen protocol; other sections come and go beside the reader's. */
    @JCStressTest
    @JCStressMeta(SrcuIndexFlip.class)
    @State
    public static class ModelAmongOthers extends OldIndex {
        private static final FrozenCounters DOMAIN = new FrozenCounters();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readAmongOthers(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** Without M. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedReaderFence extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenCounters() {
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

    /** Without N. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedUpdaterFence extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenCounters() {
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

    /** Flips at once, and scans only the index that it flipped away from. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedSingleScan extends OldIndex {
        private static final FrozenCounters DOMAIN = new FrozenCounters() {
            @Override
            void firstScan(int index) {}
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = readLate(DOMAIN);
        }

        @Actor
        public void updater() {
            flipThenUnlinkThenDestroy(DOMAIN);
        }
    }

    /** Reads the locks before the unlocks. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedSumOrder extends OldIndex {
        private static final FrozenCounters DOMAIN = new FrozenCounters() {
            @Override
            boolean open(int index) {
                long locks = locks(index);
                return locks != unlocks(index);
            }
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = readAmongOthers(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(SrcuIndexFlip.class)
    @State
    public static class Shipped extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new ShippedSrcu();

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
