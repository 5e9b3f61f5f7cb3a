package org.jurcu.stress.races;

import org.jurcu.rcu.CountedReaders;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/**
 * A section of a virtual thread, which is counted, against a grace period of {@code Rcu}, which must meet the counters:
 * docs/grace-period.md section 13.
 *
 * <p>Hypotheses. The count comes before the section's loads (M), and the leader looks for counters only when the epoch that
 * readers compare with has moved (U4 before U6). So not even the first section of a domain, whose reader makes the counters
 * while the leader asks whether there are any, is passed over. Whatever comes, each section is ended in the counts once.
 *
 * <p>Actors are platform threads: nothing on a virtual thread's way depends on what it is ({@code CountedReaders}).
 *
 * <p>What may hide a failure: as in {@link SrcuIndexFlip}. In the library R0 is a compare-and-set, on x86 a full fence. The
 * tests of a first section have a domain for each sample, so there are fewer of those.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t VirtualReaderAgainstSynchronize}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                        samples       bad  share
 * Model                       474,530         0  0
 * ModelFirst                  496,618         0  0
 * WeakenedReaderFence         379,151    22,145  5.8 %
 * WeakenedFirstReaderFence    454,982    11,542  2.5 %
 * WeakenedEarlyLook           107,194    11,785  11.0 %
 * Shipped                     525,218         0  0
 * ShippedFirst                193,804         0  0
 * </pre>
 */
@Outcome(id = "2, .*", expect = Expect.FORBIDDEN, desc = "Destroyed in the reader's hands.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed; no section is open.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Found gone; no section is open.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The counts do not add up.")
public class VirtualReaderAgainstSynchronize {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the reader's hands.")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed; no section is open.")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Found gone; no section is open.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The counts do not add up.")
    public static class Twins {}

    /** The first section of a domain, which is a sample's own. */
    abstract static class FirstSection extends UnlinkAndDestroy {
        final int readFirst(CountingDomain domain) {
            domain.open(); // fetches its lines into this processor's cache
            meet();
            domain.readLock();
            int seen = use(dereference());
            domain.readUnlock();
            return seen;
        }

        final void unlinkThenDestroyFirst(CountingDomain domain) {
            domain.open(); // fetches its lines into this processor's cache
            unlinkThenDestroy(domain);
        }
    }

    /** The frozen protocol. */
    @JCStressTest
    @JCStressMeta(VirtualReaderAgainstSynchronize.class)
    @State
    public static class Model extends UnlinkAndDestroy {
        private static final CountingDomain DOMAIN = new FrozenVirtualReaders();

        @Actor
        public void reader(IJ_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = DOMAIN.open();
        }
    }

    /** The frozen protocol; the reader makes the counters. */
    @JCStressTest
    @JCStressMeta(VirtualReaderAgainstSynchronize.class)
    @State
    public static class ModelFirst extends FirstSection {
        private final CountingDomain domain = new FrozenVirtualReaders();

        @Actor
        public void reader(IJ_Result r) {
            r.r1 = readFirst(domain);
        }

        @Actor
        public void updater() {
            unlinkThenDestroyFirst(domain);
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = domain.open();
        }
    }

    /** Without M. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedReaderFence extends UnlinkAndDestroy {
        private static final CountingDomain DOMAIN = new FrozenVirtualReaders() {
            @Override
            void readerFence() {}
        };

        @Actor
        public void reader(IJ_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = DOMAIN.open();
        }
    }

    /** Without M; the reader makes the counters. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedFirstReaderFence extends FirstSection {
        private final CountingDomain domain = new FrozenVirtualReaders() {
            @Override
            void readerFence() {}
        };

        @Actor
        public void reader(IJ_Result r) {
            r.r1 = readFirst(domain);
        }

        @Actor
        public void updater() {
            unlinkThenDestroyFirst(domain);
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = domain.open();
        }
    }

    /** The leader looks for counters in front of its fence: U6 before U4. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedEarlyLook extends FirstSection {
        private final CountingDomain domain = new FrozenVirtualReaders() {
            @Override
            FrozenCounters begin() {
                FrozenCounters present = counters();
                advance();
                return present;
            }
        };

        @Actor
        public void reader(IJ_Result r) {
            r.r1 = readFirst(domain);
        }

        @Actor
        public void updater() {
            unlinkThenDestroyFirst(domain);
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = domain.open();
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(VirtualReaderAgainstSynchronize.class)
    @State
    public static class Shipped extends UnlinkAndDestroy {
        private static final CountingDomain DOMAIN = new ShippedVirtualReaders();

        @Actor
        public void reader(IJ_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = DOMAIN.open();
        }
    }

    /** The library's readers and the leader's part of a grace period; the reader makes the counters. */
    @JCStressTest
    @JCStressMeta(VirtualReaderAgainstSynchronize.class)
    @State
    public static class ShippedFirst extends UnlinkAndDestroy {
        private final CountedReaders readers = new CountedReaders();

        @Actor
        public void reader(IJ_Result r) {
            meet();
            readers.readLock();
            r.r1 = use(dereference());
            readers.readUnlock();
        }

        @Actor
        public void updater() {
            PoisonedNode old = linked();
            meet();
            unlink();
            readers.gracePeriod();
            old.poison();
        }

        @Arbiter
        public void count(IJ_Result r) {
            r.r2 = readers.open();
        }
    }
}
