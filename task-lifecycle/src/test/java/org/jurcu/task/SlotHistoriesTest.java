package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;

/**
 * Concurrent histories of two threads on a slot of two users, every access a possible switch, against a count and a head
 * that are two things: Lincheck. Misuse is in: nobody must own what he puts, or be early enough to take. Only whose put
 * was the last looks at the head, as nobody else may.
 */
@Tag("any-fence")
@Tag("any-jdk")
@ResourceLock("refcount warnings")
class SlotHistoriesTest {
    private static final int QUEUED = RcuUsersSlot.DELAYED_PUT_TASK_STRUCT;
    private static final int AGAIN = RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB;

    private RefcountWarningHandler before;

    @BeforeEach
    void expectWarnings() {
        before = RefcountWarnings.handler();
        RefcountWarnings.setHandler((warning, counter, old) -> {});
    }

    @AfterEach
    void restore() {
        RefcountWarnings.setHandler(before);
    }

    private static void check(Class<?> histories) {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(150)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .sequentialSpecification(OfACount.class)
                .check(histories);
    }

    /** The specification: what is too late, or one too many, changes nothing. */
    public static class OfACount {
        private int users = 2;

        public boolean incNotZero() {
            boolean live = users > 0;
            users += live ? 1 : 0;
            return live;
        }

        public void inc() {
            incNotZero();
        }

        public String put() {
            boolean last = users == 1;
            users -= users > 0 ? 1 : 0;
            return last ? "the last, for " + QUEUED + ", then for " + AGAIN : "not the last";
        }

        public int read() {
            return users;
        }
    }

    public static class OfTheTaggedSlot {
        private final RcuUsersSlot slot = new RcuUsersSlot(7);

        public OfTheTaggedSlot() {
            slot.init(2);
        }

        @Operation
        public boolean incNotZero() {
            return slot.incNotZero();
        }

        @Operation
        public void inc() {
            slot.inc();
        }

        @Operation
        public String put() {
            return slot.put(QUEUED) ? queueTwice() : "not the last";
        }

        /** The head is queued, invoked, and queued again. */
        private String queueTwice() {
            int first = slot.func();
            return "the last, for " + first + ", then for " + (slot.changeFunc(first, AGAIN) ? slot.func() : "none");
        }

        @Operation
        public int read() {
            return slot.read();
        }
    }

    @Test
    void ofTheTaggedSlot() {
        check(OfTheTaggedSlot.class);
    }

    /** A word whose negative values are heads, and which each of the two below treats wrongly in one place. */
    private abstract static class Word {
        static final long HEAD = Long.MIN_VALUE;

        final AtomicLong word = new AtomicLong(2);

        final boolean tookOne() {
            long w = word.get();
            while (w > 0) {
                long witness = word.compareAndExchange(w, w + 1);
                if (witness == w) {
                    return true;
                }
                w = witness;
            }
            return false;
        }

        final String made(boolean head) {
            return "the last, for " + (head ? QUEUED : "none") + ", then for " + AGAIN;
        }

        final int users() {
            return (int) Math.max(0, word.get());
        }
    }

    /** Looks at the tag, then adds: an increment between the two lands on a head, or on the 0 that becomes one. */
    public static class OfCheckThenInc extends Word {
        @Operation
        public boolean incNotZero() {
            boolean live = word.get() > 0;
            if (live) {
                word.incrementAndGet();
            }
            return live;
        }

        @Operation
        public void inc() {
            tookOne();
        }

        @Operation
        public String put() {
            if (word.getAndDecrement() != 1) {
                return "not the last";
            }
            word.set(HEAD);
            return made(true);
        }

        @Operation
        public int read() {
            return users();
        }
    }

    @Test
    void aSlotThatLooksBeforeItAddsIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfCheckThenInc.class));
    }

    /** Stores the head over 0 only: a put too many in between keeps it away. */
    public static class OfAHeadOverZero extends Word {
        @Operation
        public boolean incNotZero() {
            return tookOne();
        }

        @Operation
        public void inc() {
            tookOne();
        }

        @Operation
        public String put() {
            return word.getAndDecrement() == 1 ? made(word.compareAndSet(0, HEAD)) : "not the last";
        }

        @Operation
        public int read() {
            return users();
        }
    }

    @Test
    void aSlotThatStoresItsHeadOverZeroOnlyIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfAHeadOverZero.class));
    }
}
