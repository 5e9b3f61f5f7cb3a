package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Concurrent histories of two threads, every access a possible switch, against the same class used by one thread: Lincheck.
 * It knows interleavings and no reordering; those are the race tests'. docs/refcount.md says what is left out, and why.
 */
@Tag("any-fence")
@Tag("any-jdk")
@ResourceLock(RecordedWarnings.LOCK)
class CounterHistoriesTest {
    private final RecordedWarnings warnings = new RecordedWarnings();

    @AfterEach
    void restore() {
        warnings.close();
    }

    private static void check(Class<?> histories) {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(histories);
    }

    /** Threads that put what they own and nothing else; the one with the number 1 owns the first reference besides. */
    public abstract static class Owners {
        private final int[] owned = new int[5];
        private int givenOut;

        final boolean took(int thread, boolean got) {
            if (got) {
                owned[thread]++;
            }
            return got;
        }

        /** Whether the thread may put; the counter's first reference is the first that thread 1 puts. */
        final boolean mayPut(int thread) {
            if (thread == 1 && givenOut == 0) {
                givenOut = 1;
                return true;
            }
            if (owned[thread] == 0) {
                return false;
            }
            owned[thread]--;
            return true;
        }
    }

    public static class OfRefcount extends Owners {
        private final Refcount refs = new Refcount(1);

        @Operation
        public boolean incNotZero(@Param(gen = ThreadIdGen.class) int thread) {
            return took(thread, refs.incNotZero());
        }

        @Operation
        public String decAndTest(@Param(gen = ThreadIdGen.class) int thread) {
            return mayPut(thread) ? "" + refs.decAndTest() : "owns none";
        }

        @Operation
        public int read() {
            return refs.read();
        }
    }

    @Test
    void ofRefcountWithoutMisuse() {
        check(OfRefcount.class);
    }

    /** Tries to be the last, beside one who takes: neither warns, so that nobody has to own anything. */
    public static class OfTheOnlyOwner {
        private final Refcount refs = new Refcount(1);

        @Operation
        public boolean decIfOne() {
            return refs.decIfOne();
        }

        @Operation
        public boolean incNotZero() {
            return refs.incNotZero();
        }
    }

    @Test
    void ofTheOnlyOwnerOfARefcount() {
        check(OfTheOnlyOwner.class);
    }

    /** Looks, then adds. */
    public static class OfCheckThenInc extends Owners {
        private final AtomicInteger refs = new AtomicInteger(1);

        @Operation
        public boolean incNotZero(@Param(gen = ThreadIdGen.class) int thread) {
            boolean live = refs.get() != 0;
            if (live) {
                refs.incrementAndGet();
            }
            return took(thread, live);
        }

        @Operation
        public String decAndTest(@Param(gen = ThreadIdGen.class) int thread) {
            return mayPut(thread) ? "" + (refs.decrementAndGet() == 0) : "owns none";
        }

        @Operation
        public int read() {
            return refs.get();
        }
    }

    @Test
    void aCounterThatLooksBeforeItAddsIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfCheckThenInc.class));
    }

    public static class OfTheGap {
        private final Refcount refs = new Refcount(0);

        @Operation
        public void inc() {
            refs.inc();
        }

        @Operation
        public int read() {
            return refs.read();
        }
    }

    /** The gap between act and repair is seen: Lincheck looks between two accesses of one VarHandle. */
    @Test
    void theGapOfAMisusedRefcountIsSeen() {
        assertThrows(LincheckAssertionError.class, () -> check(OfTheGap.class));
    }

    public static class OfLegacyRefcount {
        private final LegacyRefcount refs = new LegacyRefcount(1);

        @Operation
        public boolean incNotZero() {
            return refs.incNotZero();
        }

        @Operation
        public boolean decAndTest() {
            return refs.decAndTest();
        }

        @Operation
        public boolean decNotOne() {
            return refs.decNotOne();
        }

        @Operation
        public void inc() {
            refs.inc();
        }

        @Operation
        public int read() {
            return refs.read();
        }
    }

    /** It has no gap, so misuse is in. */
    @Test
    void ofLegacyRefcountWithMisuse() {
        check(OfLegacyRefcount.class);
    }

    public static class OfRcuref extends Owners {
        private final Rcuref refs = new Rcuref(1);

        @Operation
        public boolean get(@Param(gen = ThreadIdGen.class) int thread) {
            return took(thread, refs.get());
        }

        @Operation
        public String put(@Param(gen = ThreadIdGen.class) int thread) {
            return mayPut(thread) ? "" + refs.putRcusafe() : "owns none";
        }
    }

    @Test
    void ofRcurefWithoutMisuse() {
        check(OfRcuref.class);
    }

    /** P2 of docs/refcount.md is a store. */
    public static class OfStoreDead extends Owners {
        private final AtomicInteger refs = new AtomicInteger();

        @Operation
        public boolean get(@Param(gen = ThreadIdGen.class) int thread) {
            return took(thread, refs.incrementAndGet() >= 0);
        }

        @Operation
        public String put(@Param(gen = ThreadIdGen.class) int thread) {
            if (!mayPut(thread)) {
                return "owns none";
            }
            boolean last = refs.decrementAndGet() == -1;
            if (last) {
                refs.set(Rcuref.DEAD);
            }
            return "" + last;
        }
    }

    @Test
    void anRcurefThatStoresDeadIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfStoreDead.class));
    }
}
