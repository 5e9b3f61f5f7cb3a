package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;

@ResourceLock("refcount warnings")
class RcuUsersSlotTest {
    private static final int FUNC = RcuUsersSlot.DELAYED_PUT_TASK_STRUCT;
    private static final int INDEX = 0x5a5a5a5;
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.privateLookupIn(RcuUsersSlot.class, MethodHandles.lookup())
                    .findVarHandle(RcuUsersSlot.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<RefcountWarning> warnings = new ArrayList<>();
    private final RcuUsersSlot slot = new RcuUsersSlot(INDEX);
    private RefcountWarningHandler before;

    @BeforeEach
    void listen() {
        before = RefcountWarnings.handler();
        RefcountWarnings.setHandler((warning, counter, old) -> {
            synchronized (warnings) {
                warnings.add(warning);
            }
        });
    }

    @AfterEach
    void restore() {
        RefcountWarnings.setHandler(before);
    }

    private long word() {
        return (long) WORD.getAcquire(slot);
    }

    private void assertHead(int func) {
        assertTrue(slot.isHead());
        assertEquals(func, slot.func());
        assertEquals(Refcount.SATURATED, (int) word(), "the low half rests in the middle of the saturation zone");
        assertEquals(0, slot.read());
        assertFalse(slot.incNotZero());
    }

    @Test
    void onlyTheLastPutMakesTheHead() {
        slot.init(2);
        assertEquals(2, slot.read());
        assertFalse(slot.isHead());
        assertTrue(slot.incNotZero());
        assertEquals(3, slot.read());
        assertFalse(slot.put(FUNC));
        assertFalse(slot.put(FUNC));
        assertEquals(1, slot.read());
        assertTrue(slot.put(FUNC));
        assertHead(FUNC);
        assertEquals(List.of(), warnings);
    }

    @Test
    void aPutTooManyIsReportedAndLeavesTheHeadAlone() {
        slot.init(1);
        assertTrue(slot.put(FUNC));
        for (int i = 1; i <= 3; i++) {
            assertFalse(slot.put(FUNC));
            assertEquals(i, warnings.size());
            assertHead(FUNC);
        }
        assertEquals(RefcountWarning.SUB_UAF, warnings.get(0));
    }

    @Test
    void aLateIncrementIsReportedAndRefused() {
        slot.init(1);
        assertTrue(slot.put(FUNC));
        long head = word();
        slot.inc();
        assertEquals(List.of(RefcountWarning.ADD_UAF), warnings);
        assertEquals(head, word(), "a late increment changes no bit");
    }

    @Test
    void aFunctionThatChangesLeavesARepairAlone() {
        slot.init(1);
        assertTrue(slot.put(FUNC));
        long head = word();
        WORD.setVolatile(slot, head - 1); // a put too many has subtracted
        long seen = word();
        WORD.setVolatile(slot, head); // and is repaired before the function changes
        assertTrue(slot.changeFunc(seen, FUNC, RcuUsersSlot.NOT_QUEUED));
        assertHead(RcuUsersSlot.NOT_QUEUED);
    }

    @Test
    void freshAndFreedMemoryRefusesEverything() {
        assertFalse(slot.incNotZero());
        assertFalse(slot.put(FUNC));
        assertEquals(List.of(RefcountWarning.SUB_UAF), warnings);
        assertTrue(slot.isHead());
    }

    @Test
    void aGetBeforeTheHeadIsStoredIsRefused() {
        slot.init(1);
        WORD.setVolatile(slot, 0L); // the final put has subtracted and not yet stored its head
        assertFalse(slot.incNotZero());
        slot.inc();
        assertEquals(0L, word());
        assertEquals(1, warnings.size(), "the plain increment's");
        assertTrue(slot.putSlow(1L, FUNC), "the final put goes on");
        assertHead(FUNC);
    }

    @Test
    void putsTooManyBeforeTheHeadBorrowAndAreOverwritten() {
        // The final put has subtracted and not yet stored its head: the word is 0. Three puts too many get in between.
        slot.init(1);
        WORD.setVolatile(slot, 0L);
        for (int i = 1; i <= 3; i++) {
            assertFalse(slot.put(FUNC));
            assertFalse(slot.isHead(), "the borrowed ones are no head");
            assertFalse(slot.incNotZero());
            assertEquals(0, slot.read());
        }
        assertEquals(3, warnings.size());
        assertTrue(slot.putSlow(1L, FUNC), "the final put goes on");
        assertHead(FUNC);
    }

    @Test
    void aRepairThatComesAfterReuseLeavesTheNewCount() throws Exception {
        slot.init(3);
        var repair = RcuUsersSlot.class.getDeclaredMethod("repair");
        repair.setAccessible(true);
        repair.invoke(slot);
        assertEquals(3, slot.read());
    }

    @Test
    void noHeadLooksBorrowed() {
        RcuUsersSlot last = new RcuUsersSlot(RcuUsersSlot.MAX_INDEX);
        last.init(1);
        assertTrue(last.put(RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB));
        assertTrue(last.isHead());
        assertEquals(RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB, last.func());
        assertThrows(IllegalArgumentException.class, () -> new RcuUsersSlot(RcuUsersSlot.MAX_INDEX + 1));
    }

    @Test
    void overflowSaturatesAndIsNeverLastAgain() {
        slot.init(Refcount.MAX);
        assertTrue(slot.incNotZero());
        assertEquals(Refcount.SATURATED, slot.read());
        assertTrue(slot.incNotZero(), "a saturated count hands out useless but safe users");
        assertFalse(slot.put(FUNC));
        assertEquals(Refcount.SATURATED, slot.read(), "repaired");
        slot.inc();
        assertEquals(
                List.of(
                        RefcountWarning.ADD_NOT_ZERO_OVF,
                        RefcountWarning.ADD_NOT_ZERO_OVF,
                        RefcountWarning.SUB_UAF,
                        RefcountWarning.ADD_OVF),
                warnings);
    }

    @Test
    void aHeadGetsItsNextFunctionOnce() {
        slot.init(1);
        assertTrue(slot.put(FUNC));
        assertTrue(slot.changeFunc(FUNC, RcuUsersSlot.NOT_QUEUED));
        assertHead(RcuUsersSlot.NOT_QUEUED);
        assertFalse(slot.changeFunc(FUNC, RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB), "it is not queued any more");
        assertHead(RcuUsersSlot.NOT_QUEUED);
        assertThrows(IllegalArgumentException.class, () -> slot.put(RcuUsersSlot.FREED));
    }

    @Test
    void aCountHasNoFunction() {
        slot.init(1);
        assertThrows(IllegalStateException.class, slot::func);
    }

    @Test
    void theRaceBudgetIsWhatTheCommentSays() {
        long low = Refcount.SATURATED & 0xFFFF_FFFFL;
        assertEquals(1L << 30, low - (1L << 31), "subtractions until the sign of the low half is lost");
        assertTrue(low - (1L << 30) >= 0, "and none of them borrows out of it");
        assertEquals(1L << 30, (1L << 32) - low, "additions until a carry, were there any");
    }

    @Test
    void ofManyRacingPutsOneIsTheLast() throws Exception {
        int threads = 4;
        int rounds = 20_000;
        AtomicInteger lastPuts = new AtomicInteger();
        AtomicInteger bogus = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(threads, () -> slot.init(threads));
        CyclicBarrier end = new CyclicBarrier(threads, () -> {
            if (lastPuts.getAndSet(0) != 1 || !slot.isHead()) {
                bogus.incrementAndGet();
            }
        });
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; i < rounds; i++) {
                        start.await();
                        if (slot.incNotZero() && slot.put(FUNC)) {
                            bogus.incrementAndGet(); // its own first user is still there
                        }
                        if (slot.put(FUNC)) {
                            lastPuts.incrementAndGet();
                        }
                        if (slot.incNotZero() && slot.put(FUNC)) {
                            lastPuts.incrementAndGet();
                        }
                        end.await();
                    }
                } catch (Exception e) {
                    bogus.incrementAndGet();
                }
            });
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertEquals(0, bogus.get());
        assertEquals(List.of(), warnings);
    }
}
