package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jurcu.refcount.ConformanceRow.Answer.FALSE;
import static org.jurcu.refcount.ConformanceRow.Answer.NONE;
import static org.jurcu.refcount.ConformanceRow.Answer.TRUE;
import static org.jurcu.refcount.Refcount.MAX;
import static org.jurcu.refcount.RefcountWarning.ADD_NOT_ZERO_OVF;
import static org.jurcu.refcount.RefcountWarning.ADD_OVF;
import static org.jurcu.refcount.RefcountWarning.ADD_UAF;
import static org.jurcu.refcount.RefcountWarning.DEC_LEAK;
import static org.jurcu.refcount.RefcountWarning.SUB_UAF;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel's own conformance suite for refcount_t (LKDTM, drivers/misc/lkdtm/refcount.c) as a table, then the rows that
 * it lacks. LKDTM tolerates weaker counters ("unsafely reset to max"); this table does not.
 */
@ResourceLock(RecordedWarnings.LOCK)
class RefcountConformanceTest {
    private static final int SAT = Refcount.SATURATED;
    private static final int VMA_REF_LIMIT = 0x3fff_ffff; // of mm_types.h: the limit that is really in use
    private static final int L = 1000;

    private static ConformanceRow.Start<Refcount> row(String name, int start) {
        return ConformanceRow.row(name, start);
    }

    static Stream<ConformanceRow<Refcount>> lkdtm() {
        return Stream.of(
                row("REFCOUNT_INC_OVERFLOW", MAX - 1)
                        .good(
                                r -> {
                                    r.dec();
                                    r.inc();
                                    r.inc(); // reaching MAX is legal
                                },
                                MAX)
                        .call(Refcount::inc)
                        .endsAt(SAT, NONE, ADD_OVF),
                row("REFCOUNT_ADD_OVERFLOW", MAX - 1)
                        .good(
                                r -> {
                                    r.dec();
                                    r.dec();
                                    r.dec();
                                    r.dec();
                                    r.add(4);
                                },
                                MAX - 1)
                        .call(r -> r.add(4))
                        .endsAt(SAT, NONE, ADD_OVF),
                row("REFCOUNT_INC_NOT_ZERO_OVERFLOW", MAX)
                        .ask(Refcount::incNotZero)
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("REFCOUNT_ADD_NOT_ZERO_OVERFLOW", MAX)
                        .ask(r -> r.addNotZero(6))
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("REFCOUNT_DEC_ZERO", 2)
                        .good(Refcount::dec, 1)
                        .call(Refcount::dec)
                        .endsAt(SAT, NONE, DEC_LEAK),
                row("REFCOUNT_DEC_NEGATIVE", 0).call(Refcount::dec).endsAt(SAT, NONE, DEC_LEAK),
                row("REFCOUNT_DEC_AND_TEST_NEGATIVE", 0)
                        .ask(Refcount::decAndTest)
                        .endsAt(SAT, FALSE, SUB_UAF),
                row("REFCOUNT_SUB_AND_TEST_NEGATIVE", 3)
                        .ask(r -> r.subAndTest(5))
                        .endsAt(SAT, FALSE, SUB_UAF),
                row("REFCOUNT_SUB_AND_TEST_ZERO", 0).ask(r -> r.subAndTest(0)).endsAt(SAT, FALSE, SUB_UAF),
                row("REFCOUNT_INC_ZERO", 0)
                        .good(r -> assertFalse(r.incNotZero()), 0)
                        .call(Refcount::inc)
                        .endsAt(SAT, NONE, ADD_UAF),
                row("REFCOUNT_ADD_ZERO", 0)
                        .good(r -> assertFalse(r.addNotZero(3)), 0)
                        .call(r -> r.add(3))
                        .endsAt(SAT, NONE, ADD_UAF),
                row("REFCOUNT_INC_SATURATED", SAT).call(Refcount::inc).endsAt(SAT, NONE, ADD_OVF),
                row("REFCOUNT_DEC_SATURATED", SAT).call(Refcount::dec).endsAt(SAT, NONE, DEC_LEAK),
                row("REFCOUNT_ADD_SATURATED", SAT).call(r -> r.add(8)).endsAt(SAT, NONE, ADD_OVF),
                row("REFCOUNT_INC_NOT_ZERO_SATURATED", SAT)
                        .ask(Refcount::incNotZero)
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("REFCOUNT_ADD_NOT_ZERO_SATURATED", SAT)
                        .ask(r -> r.addNotZero(7))
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("REFCOUNT_DEC_AND_TEST_SATURATED", SAT)
                        .ask(Refcount::decAndTest)
                        .endsAt(SAT, FALSE, SUB_UAF),
                row("REFCOUNT_SUB_AND_TEST_SATURATED", SAT)
                        .ask(r -> r.subAndTest(8))
                        .endsAt(SAT, FALSE, SUB_UAF));
    }

    /** What LKDTM lacks; the decAndLock rows stand in {@link RefcountDecAndLockTest}, the racing ones in RefcountRaceTest. */
    static Stream<ConformanceRow<Refcount>> beyondLkdtm() {
        return Stream.of(
                row("add_not_zero(0) live", 5).ask(r -> r.addNotZero(0)).endsAt(5, TRUE),
                row("add_not_zero(0) on zero", 0).ask(r -> r.addNotZero(0)).endsAt(0, FALSE),
                row("inc_not_zero at -1, mid race", -1)
                        .ask(Refcount::incNotZero)
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("inc at -1: the add made it 0 first", -1)
                        .call(Refcount::inc)
                        .endsAt(SAT, NONE, ADD_OVF),
                row("dec_if_one at 1", 1).ask(Refcount::decIfOne).endsAt(0, TRUE),
                row("dec_if_one at 2", 2).ask(Refcount::decIfOne).endsAt(2, FALSE),
                row("dec_if_one at 0", 0).ask(Refcount::decIfOne).endsAt(0, FALSE),
                row("dec_if_one saturated", SAT).ask(Refcount::decIfOne).endsAt(SAT, FALSE),
                row("dec_if_one at SAT-1 does not repair", SAT - 1)
                        .ask(Refcount::decIfOne)
                        .endsAt(SAT - 1, FALSE),
                row("dec_not_one at 2", 2).ask(Refcount::decNotOne).endsAt(1, TRUE),
                row("dec_not_one at 1", 1).ask(Refcount::decNotOne).endsAt(1, FALSE),
                row("dec_not_one at 0 only warns", 0).ask(Refcount::decNotOne).endsAt(0, TRUE, SUB_UAF),
                row("dec_not_one saturated", SAT).ask(Refcount::decNotOne).endsAt(SAT, TRUE),
                row("dec_not_one at SAT-1", SAT - 1).ask(Refcount::decNotOne).endsAt(SAT - 2, TRUE),
                row("dec_not_one at the overflow edge", Integer.MIN_VALUE)
                        .ask(Refcount::decNotOne)
                        .endsAt(MAX, TRUE),
                row("sub_and_test exact", 7).ask(r -> r.subAndTest(7)).endsAt(0, TRUE),
                row("sub_and_test(0) live", 7).ask(r -> r.subAndTest(0)).endsAt(7, FALSE),
                row("sub_and_test partial", 7).ask(r -> r.subAndTest(6)).endsAt(1, FALSE),
                row("sub_and_test of the same bad value", SAT)
                        .ask(r -> r.subAndTest(SAT))
                        .endsAt(SAT, FALSE, SUB_UAF),
                row("sub_and_test(INT_MIN) live", 1)
                        .ask(r -> r.subAndTest(Integer.MIN_VALUE))
                        .endsAt(SAT, FALSE, SUB_UAF),
                row("add(0) on zero", 0).call(r -> r.add(0)).endsAt(SAT, NONE, ADD_UAF),
                row("add to exactly MAX", 5).call(r -> r.add(MAX - 5)).endsAt(MAX, NONE),
                row("add one past MAX", 5).call(r -> r.add(MAX - 4)).endsAt(SAT, NONE, ADD_OVF),
                row("add_not_zero(negative) on zero is judged all the same", 0)
                        .ask(r -> r.addNotZero(-1))
                        .endsAt(SAT, FALSE, ADD_NOT_ZERO_OVF),
                row("dec live", 2).call(Refcount::dec).endsAt(1, NONE),
                row("dec_and_test live", 2).ask(Refcount::decAndTest).endsAt(1, FALSE),
                row("dec_and_test last", 1).ask(Refcount::decAndTest).endsAt(0, TRUE),
                row("dec_and_test at MAX", MAX).ask(Refcount::decAndTest).endsAt(MAX - 1, FALSE));
    }

    /** Where the acquire and limited operations diverge from the plain one, from the kernel's code and not its comments. */
    static Stream<ConformanceRow<Refcount>> acquireAndLimited() {
        return Stream.of(
                row("plain: 0", 0).ask(Refcount::incNotZero).endsAt(0, FALSE),
                row("plain: 1", 1).ask(Refcount::incNotZero).endsAt(2, TRUE),
                row("plain: MAX-1", MAX - 1).ask(Refcount::incNotZero).endsAt(MAX, TRUE),
                row("acquire: 0", 0).ask(Refcount::incNotZeroAcquire).endsAt(0, FALSE),
                row("acquire: 1", 1).ask(Refcount::incNotZeroAcquire).endsAt(2, TRUE),
                row("acquire: MAX-1", MAX - 1).ask(Refcount::incNotZeroAcquire).endsAt(MAX, TRUE),
                row("acquire: MAX", MAX).ask(Refcount::incNotZeroAcquire).endsAt(MAX, FALSE),
                row("acquire: SAT", SAT).ask(Refcount::incNotZeroAcquire).endsAt(SAT, FALSE),
                row("acquire add: fits", MAX - 6)
                        .ask(r -> r.addNotZeroAcquire(6))
                        .endsAt(MAX, TRUE),
                row("acquire add: does not fit", MAX - 5)
                        .ask(r -> r.addNotZeroAcquire(6))
                        .endsAt(MAX - 5, FALSE),
                row("acquire add: SAT", SAT).ask(r -> r.addNotZeroAcquire(7)).endsAt(SAT, FALSE),
                row("acquire add(0): 0", 0).ask(r -> r.addNotZeroAcquire(0)).endsAt(0, FALSE),
                row("acquire add(0): MAX", MAX).ask(r -> r.addNotZeroAcquire(0)).endsAt(MAX, TRUE),
                row("limited: 0", 0).ask(r -> r.incNotZeroLimitedAcquire(L)).endsAt(0, FALSE),
                row("limited: 1", 1).ask(r -> r.incNotZeroLimitedAcquire(L)).endsAt(2, TRUE),
                row("limited: L-1", L - 1)
                        .ask(r -> r.incNotZeroLimitedAcquire(L))
                        .endsAt(L, TRUE),
                row("limited: L", L).ask(r -> r.incNotZeroLimitedAcquire(L)).endsAt(L, FALSE),
                row("limited: beyond L", L + 1)
                        .ask(r -> r.incNotZeroLimitedAcquire(L))
                        .endsAt(L + 1, FALSE),
                row("limited: SAT, low limit", SAT)
                        .ask(r -> r.incNotZeroLimitedAcquire(L))
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("limited: SAT, the VMA limit", SAT)
                        .ask(r -> r.incNotZeroLimitedAcquire(VMA_REF_LIMIT))
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF),
                row("limited: SAT, the first limit that wraps", SAT)
                        .ask(r -> r.incNotZeroLimitedAcquire(VMA_REF_LIMIT + 1))
                        .endsAt(SAT, FALSE),
                row("limited add: fits", L - 6)
                        .ask(r -> r.addNotZeroLimitedAcquire(6, L))
                        .endsAt(L, TRUE),
                row("limited add: does not fit", L - 5)
                        .ask(r -> r.addNotZeroLimitedAcquire(6, L))
                        .endsAt(L - 5, FALSE),
                row("limited: -1, mid race", -1)
                        .ask(r -> r.incNotZeroLimitedAcquire(L))
                        .endsAt(SAT, TRUE, ADD_NOT_ZERO_OVF));
    }

    @ParameterizedTest
    @MethodSource({"lkdtm", "beyondLkdtm", "acquireAndLimited"})
    void endsWhereTheKernelEnds(ConformanceRow<Refcount> row) {
        Refcount refs = new Refcount(row.start());
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            row.goodPart().accept(refs);
            assertEquals(List.of(), warnings.seen(), "the good part warns of nothing");
            assertEquals(row.beforeOp(), refs.read(), "where the good part ends");

            assertEquals(row.answer(), row.operation().on(refs), "answer");

            assertEquals(row.end(), refs.read(), "where it ends");
            assertEquals(
                    row.warnings().stream()
                            .map(w -> new RecordedWarnings.Seen(w, refs, row.beforeOp()))
                            .toList(),
                    warnings.seen());
        }
    }

    @Test
    void theTableHasEveryRowOfLkdtm() {
        assertEquals(18, lkdtm().map(ConformanceRow::name).distinct().count());
    }

    /**
     * REFCOUNT_TIMING goes from 1 to INT_MAX and back, 2^32 operations that take LKDTM's user with perf(1) several seconds.
     * What it proves besides speed, that no operation is lost and none warns up to the very edge, needs only the two ends
     * of the way.
     */
    @Test
    void countsUpToTheEdgeAndDownToZero() {
        int steps = 1_000_000;
        Refcount refs = new Refcount(1);
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            refs.set(MAX - steps);
            for (int i = 0; i < steps; i++) {
                refs.inc();
            }
            assertEquals(MAX, refs.read());

            refs.set(steps);
            int decrements = 1;
            while (!refs.decAndTest()) {
                decrements++;
            }
            assertEquals(steps, decrements);
            assertEquals(0, refs.read());
            assertEquals(List.of(), warnings.seen());
        }
    }

    @Test
    void readsAsTheKernelDoesWhenTakenAsUnsigned() {
        Refcount refs = new Refcount(1);
        assertEquals("Refcount[1]", refs.toString());
        refs.set(SAT);
        assertEquals(3_221_225_472L, Integer.toUnsignedLong(refs.read()));
        assertEquals("Refcount[3221225472]", refs.toString());
    }

    @Test
    void comesBackToLifeBySetReleaseOnly() {
        Refcount refs = new Refcount(1);
        assertTrue(refs.decAndTest());
        assertFalse(refs.incNotZeroAcquire());
        refs.setRelease(1);
        assertTrue(refs.incNotZeroAcquire());
        assertEquals(2, refs.read());
    }
}
