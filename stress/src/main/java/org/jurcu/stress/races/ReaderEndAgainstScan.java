package org.jurcu.stress.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reader's thread ends, or its record is given back, while an updater scans the registry.
 *
 * <p>Hypothesis: a scan that finds the record gone, or its thread dead, may go by it: the section's last access is ordered
 * before the withdrawal (B before R6), and before the thread is seen dead. The record of a dead thread is found by the
 * scan itself, and serves the next thread.
 *
 * <p>What may hide a failure: a section is over before its thread can end. The first twin takes the record out of the registry
 * before the section's last access, and the second takes the thread for dead while it is inside. What they weaken is the frozen
 * registry of {@link RegistrationAgainstSynchronize}, each section of which ends and withdraws its record: its model there is theirs.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t ReaderEndAgainstScan}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Destroyed in the hands of the reader that was about to end.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
public class ReaderEndAgainstScan {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the hands of the reader.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class Twins {}

    /** The record is withdrawn while the section is open. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedWithdrawnInside extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new RegistrationAgainstSynchronize.FrozenRegistry() {
            @Override
            public void readLock() {
                super.readLock();
                withdraw();
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

    /** The scan looks for a while and then takes the reader's thread for dead. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedTakenForDead extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new RegistrationAgainstSynchronize.FrozenRegistry() {
            private static final int LOOKS = 3;

            @Override
            void awaitReaders(long target) {
                for (int i = 0; i < LOOKS && readerBefore(target); i++) {
                    Thread.onSpinWait();
                }
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

    /** A reader whose thread is made for one section. */
    abstract static class Ending extends UnlinkAndDestroy {
        final int readOnThreadThatEnds(GraceDomain domain) {
            int[] seen = new int[1];
            Thread reader = new Thread(() -> seen[0] = read(domain), "reader");
            reader.start();
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts an actor", e);
            }
            return seen[0];
        }
    }

    /** The library: a thread reads and ends, and nobody gives its record back. */
    @JCStressTest
    @JCStressMeta(ReaderEndAgainstScan.class)
    @State
    public static class ShippedThreadEnds extends Ending {
        private static final GraceDomain DOMAIN = ShippedRcu.byLookup();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readOnThreadThatEnds(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The library: the same with a handle of the thread's own, which is left open. */
    @JCStressTest
    @JCStressMeta(ReaderEndAgainstScan.class)
    @State
    public static class ShippedThreadEndsWithHandle extends Ending {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readOnThreadThatEnds(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }
}
