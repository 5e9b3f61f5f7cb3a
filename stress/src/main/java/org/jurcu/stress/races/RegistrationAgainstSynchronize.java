package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reader that the registry has never seen registers and enters while an updater scans the registry.
 *
 * <p>Hypothesis: the record is published before fence A, so A orders it, like the announcement, before the section's
 * loads. A scan that misses the record therefore began after the unlinking that the reader will see.
 *
 * <p>What may hide a failure: registering takes a lock or a compare-and-set in most designs, and on x86 that is a full
 * fence by accident. The first twin publishes with a plain release store behind the fence, where no accident helps it;
 * the second leaves the fence out.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RegistrationAgainstSynchronize}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                      samples         bad  share
 * Model                     555,653           0  0
 * WeakenedNoFence           625,105       9,828  1.6 %
 * WeakenedPublishedLate     264,702       1,399  0.53 %
 * Shipped                   477,577           0  0
 * </pre>
 */
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Destroyed in the hands of the new reader.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
public class RegistrationAgainstSynchronize {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the hands of the new reader.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class Twins {}

    /** The frozen handshake behind a registry of one slot: each section registers first and unregisters afterwards. */
    static class FrozenRegistry extends FrozenEpochs {
        private static final VarHandle SLOT = Handles.of(FrozenRegistry.class, "slot", Object.class);

        @SuppressWarnings("unused") // through SLOT; null = no reader is registered
        private Object slot;

        @Override
        public void readLock() {
            publish();
            super.readLock();
        }

        @Override
        public void readUnlock() {
            super.readUnlock();
            withdraw();
        }

        @Override
        void awaitReaders(long target) {
            if (SLOT.getAcquire(this) != null) {
                super.awaitReaders(target);
            }
        }

        final void withdraw() {
            SLOT.setRelease(this, (Object) null);
        }

        final void publish() {
            SLOT.setRelease(this, (Object) this);
        }
    }

    /** The frozen registry. */
    @JCStressTest
    @JCStressMeta(RegistrationAgainstSynchronize.class)
    @State
    public static class Model extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenRegistry();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** Announces in a record that the scan cannot find yet, and publishes it behind the fence. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedPublishedLate extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenRegistry() {
            @Override
            public void readLock() {
                announce();
                readerFence();
                Meeting.leaveStoresInFlight(); // the record's own fields, say
                publish();
            }
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

    /** Publishes and announces in the right order, and has no fence behind them. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoFence extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenRegistry() {
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

    /** The library: each section registers the thread, and unregisters it afterwards. */
    @JCStressTest
    @JCStressMeta(RegistrationAgainstSynchronize.class)
    @State
    public static class Shipped extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = ShippedRcu.registering();

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
