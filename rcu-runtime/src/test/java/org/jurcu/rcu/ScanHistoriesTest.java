package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One look of a scan beside a reader, every access a possible switch: Lincheck. Somebody is inside all the time, so no look may
 * pass over. The windows are two instructions wide, and no run on hardware hits them.
 */
@Tag("any-fence")
@Tag("any-jdk")
class ScanHistoriesTest {
    private static void check(Class<?> histories) {
        new ModelCheckingOptions()
                .iterations(3)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(histories);
    }

    /** A section of index 0 that is open all the time, and others that come and go. */
    public static class OfCounters {
        final CounterWords words = new CounterStripe(0);

        public OfCounters() {
            words.getAndAddVolatileLocks(0);
        }

        @Operation
        public void anotherSection() {
            words.getAndAddVolatileLocks(0);
            words.getAndAddVolatileUnlocks(0);
        }

        @Operation
        public boolean passesOver() {
            return words.loadVolatileOpen(0) == 0;
        }
    }

    @Test
    void ofSectionsThatAreCounted() {
        check(OfCounters.class);
    }

    /** Looks for locks first. */
    public static class OfTheOtherOrder extends OfCounters {
        @Override
        @Operation
        public boolean passesOver() {
            return words.loadVolatileLocks(0) == words.loadVolatileUnlocks(0);
        }
    }

    @Test
    void locksBeforeUnlocksAreCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfTheOtherOrder.class));
    }

    /** A reader that is online all the time: what it announces may be old, but is never nothing. */
    public static class OfQuiescentStates {
        private static final QsbrReaders READERS = new QsbrReaders("histories");

        private final Epoch epoch = new Epoch();
        final QsbrReader reader = new QsbrReader(Thread.currentThread(), READERS, epoch);

        public OfQuiescentStates() {
            reader.online();
        }

        @Operation(nonParallelGroup = "reader")
        public void quiescentState() {
            reader.owner = new WeakReference<>(Thread.currentThread()); // whichever thread makes the reader's moves
            epoch.advanceVolatile();
            report();
        }

        void report() {
            reader.quiescentState();
        }

        @Operation
        public boolean passesOver() {
            return reader.loadVolatileAnnounced() == 0;
        }
    }

    @Test
    void ofQuiescentStates() {
        check(OfQuiescentStates.class);
    }

    /** Withdraws the announcement, and makes a new one. */
    public static class OfTwoSteps extends OfQuiescentStates {
        @Override
        void report() {
            reader.offline();
            reader.online();
        }
    }

    @Test
    void anAnnouncementInTwoStepsIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfTwoSteps.class));
    }
}
