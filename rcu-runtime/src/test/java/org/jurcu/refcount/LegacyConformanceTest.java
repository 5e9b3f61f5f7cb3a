package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jurcu.refcount.ConformanceRow.Answer.FALSE;
import static org.jurcu.refcount.ConformanceRow.Answer.NONE;
import static org.jurcu.refcount.ConformanceRow.Answer.TRUE;
import static org.jurcu.refcount.RefcountWarning.ADD_NOT_ZERO_OVF;
import static org.jurcu.refcount.RefcountWarning.ADD_UAF;
import static org.jurcu.refcount.RefcountWarning.DEC_LEAK;
import static org.jurcu.refcount.RefcountWarning.INC_UAF;
import static org.jurcu.refcount.RefcountWarning.SUB_UAF;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checked functions of Linux 5.4, row by row: where each operation leaves a count, what it answers and what it says. */
@ResourceLock(RecordedWarnings.LOCK)
class LegacyConformanceTest {
    private static final int UINT_MAX = 0xffff_ffff;

    private static ConformanceRow.Start<LegacyRefcount> row(String name, int start) {
        return ConformanceRow.row(name, start);
    }

    static Stream<ConformanceRow<LegacyRefcount>> onZero() {
        return Stream.of(
                row("inc_not_zero on 0", 0).ask(LegacyRefcount::incNotZero).endsAt(0, FALSE),
                row("add_not_zero on 0", 0).ask(r -> r.addNotZero(3)).endsAt(0, FALSE),
                row("add_not_zero(0) on 0", 0).ask(r -> r.addNotZero(0)).endsAt(0, FALSE),
                row("inc on 0 stays 0", 0).call(LegacyRefcount::inc).endsAt(0, NONE, INC_UAF),
                row("add on 0 stays 0", 0).call(r -> r.add(3)).endsAt(0, NONE, ADD_UAF),
                row("dec_and_test on 0 changes nothing", 0)
                        .ask(LegacyRefcount::decAndTest)
                        .endsAt(0, FALSE, SUB_UAF),
                row("sub_and_test(0) on 0", 0).ask(r -> r.subAndTest(0)).endsAt(0, TRUE),
                row("dec on 0", 0).call(LegacyRefcount::dec).endsAt(0, NONE, SUB_UAF),
                row("dec_if_one on 0", 0).ask(LegacyRefcount::decIfOne).endsAt(0, FALSE),
                row("dec_not_one on 0", 0).ask(LegacyRefcount::decNotOne).endsAt(0, TRUE, SUB_UAF));
    }

    static Stream<ConformanceRow<LegacyRefcount>> saturated() {
        return Stream.of(
                row("inc_not_zero saturated", UINT_MAX)
                        .ask(LegacyRefcount::incNotZero)
                        .endsAt(UINT_MAX, TRUE),
                row("add_not_zero saturated", UINT_MAX)
                        .ask(r -> r.addNotZero(7))
                        .endsAt(UINT_MAX, TRUE),
                row("inc saturated", UINT_MAX).call(LegacyRefcount::inc).endsAt(UINT_MAX, NONE),
                row("add saturated", UINT_MAX).call(r -> r.add(8)).endsAt(UINT_MAX, NONE),
                row("dec_and_test saturated", UINT_MAX)
                        .ask(LegacyRefcount::decAndTest)
                        .endsAt(UINT_MAX, FALSE),
                row("sub_and_test of everything, saturated", UINT_MAX)
                        .ask(r -> r.subAndTest(UINT_MAX))
                        .endsAt(UINT_MAX, FALSE),
                row("dec saturated", UINT_MAX).call(LegacyRefcount::dec).endsAt(UINT_MAX, NONE),
                row("dec_if_one saturated", UINT_MAX)
                        .ask(LegacyRefcount::decIfOne)
                        .endsAt(UINT_MAX, FALSE),
                row("dec_not_one saturated", UINT_MAX)
                        .ask(LegacyRefcount::decNotOne)
                        .endsAt(UINT_MAX, TRUE));
    }

    static Stream<ConformanceRow<LegacyRefcount>> overflow() {
        return Stream.of(
                row("inc to the largest live count", UINT_MAX - 2)
                        .call(LegacyRefcount::inc)
                        .endsAt(UINT_MAX - 1, NONE),
                row("inc reaches UINT_MAX", UINT_MAX - 1)
                        .call(LegacyRefcount::inc)
                        .endsAt(UINT_MAX, NONE, ADD_NOT_ZERO_OVF),
                row("inc_not_zero reaches UINT_MAX", UINT_MAX - 1)
                        .ask(LegacyRefcount::incNotZero)
                        .endsAt(UINT_MAX, TRUE, ADD_NOT_ZERO_OVF),
                row("add clamps", UINT_MAX - 3).call(r -> r.add(9)).endsAt(UINT_MAX, NONE, ADD_NOT_ZERO_OVF),
                row("add_not_zero clamps", 5).ask(r -> r.addNotZero(UINT_MAX)).endsAt(UINT_MAX, TRUE, ADD_NOT_ZERO_OVF),
                row("past INT_MAX is nothing special", Integer.MAX_VALUE)
                        .ask(LegacyRefcount::incNotZero)
                        .endsAt(Integer.MIN_VALUE, TRUE));
    }

    static Stream<ConformanceRow<LegacyRefcount>> decrements() {
        return Stream.of(
                row("dec_and_test last", 1).ask(LegacyRefcount::decAndTest).endsAt(0, TRUE),
                row("dec_and_test live", 2).ask(LegacyRefcount::decAndTest).endsAt(1, FALSE),
                row("dec_and_test past INT_MAX", Integer.MIN_VALUE)
                        .ask(LegacyRefcount::decAndTest)
                        .endsAt(Integer.MAX_VALUE, FALSE),
                row("sub_and_test exact", 7).ask(r -> r.subAndTest(7)).endsAt(0, TRUE),
                row("sub_and_test(0) live", 7).ask(r -> r.subAndTest(0)).endsAt(7, FALSE),
                row("sub_and_test too much", 3).ask(r -> r.subAndTest(5)).endsAt(3, FALSE, SUB_UAF),
                row("dec live", 2).call(LegacyRefcount::dec).endsAt(1, NONE),
                row("dec hits 0 and leaves it", 1).call(LegacyRefcount::dec).endsAt(0, NONE, DEC_LEAK),
                row("dec_if_one at 1", 1).ask(LegacyRefcount::decIfOne).endsAt(0, TRUE),
                row("dec_if_one at 2", 2).ask(LegacyRefcount::decIfOne).endsAt(2, FALSE),
                row("dec_not_one at 2", 2).ask(LegacyRefcount::decNotOne).endsAt(1, TRUE),
                row("dec_not_one at 1", 1).ask(LegacyRefcount::decNotOne).endsAt(1, FALSE));
    }

    @ParameterizedTest
    @MethodSource({"onZero", "saturated", "overflow", "decrements"})
    void endsWhereLinux54Ends(ConformanceRow<LegacyRefcount> row) {
        LegacyRefcount refs = new LegacyRefcount(row.start());
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            assertEquals(row.answer(), row.operation().on(refs), "answer");
            assertEquals(row.end(), refs.read(), "where it ends");
            assertEquals(
                    row.warnings().stream()
                            .map(w -> new RecordedWarnings.Seen(w, refs, row.start()))
                            .toList(),
                    warnings.seen());
        }
    }

    @Test
    void isReadAsUnsigned() {
        LegacyRefcount refs = new LegacyRefcount(UINT_MAX);
        assertEquals("LegacyRefcount[4294967295]", refs.toString());
        refs.set(12);
        assertEquals("LegacyRefcount[12]", refs.toString());
    }

    @Test
    void decAndLockHoldsTheLockForTheLastReferenceOnly() {
        ReentrantLock lock = new ReentrantLock();
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            LegacyRefcount refs = new LegacyRefcount(2);
            assertFalse(refs.decAndLock(lock));
            assertFalse(lock.isLocked());
            assertTrue(refs.decAndLock(lock));
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
            assertEquals(0, refs.read());
            assertEquals(List.of(), warnings.kinds());

            assertFalse(refs.decAndLock(lock));
            assertFalse(lock.isLocked());
            assertEquals(List.of(SUB_UAF), warnings.kinds());
        }
        assertThrows(NullPointerException.class, () -> new LegacyRefcount(2).decAndLock(null));
    }

    @Test
    void anIncrementBeforeTheLockKeepsTheObject() {
        LegacyRefcount refs = new LegacyRefcount(1);
        ReentrantLock lock = new ReentrantLock() {
            private static final long serialVersionUID = 1L;

            @Override
            public void lock() {
                assertTrue(refs.incNotZero());
                super.lock();
            }
        };
        assertFalse(refs.decAndLock(lock));
        assertFalse(lock.isLocked());
        assertEquals(1, refs.read());
    }

    @Test
    void racingIncrementsSaturateOnce() throws InterruptedException {
        int threads = 4;
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            LegacyRefcount refs = new LegacyRefcount(UINT_MAX - threads);
            Workers.run(threads, () -> {
                for (int i = 0; i < 1000; i++) {
                    assertTrue(refs.incNotZero());
                }
            });
            assertEquals(UINT_MAX, refs.read());
            assertEquals(List.of(ADD_NOT_ZERO_OVF), warnings.kinds(), "nobody but the one that reached it");
        }
    }

    @Test
    void racingUsersLoseNoReference() throws InterruptedException {
        int threads = 4;
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            LegacyRefcount refs = new LegacyRefcount(1);
            Workers.run(threads, () -> {
                for (int i = 0; i < 20_000; i++) {
                    refs.inc();
                    assertFalse(refs.decAndTest());
                }
            });
            assertTrue(refs.decAndTest());
            assertEquals(List.of(), warnings.kinds());
        }
    }
}
