package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountProfile;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.task.SlotDamage.Kind;
import org.jurcu.task.SlotDamage.Mode;

/**
 * The interleavings of the objection to the union, I1 to I10, each in exactly that order on each layout that has the count:
 * W does the final put of a task, A increments its {@code rcu_users}. A section is held while they do, so that nothing runs
 * before the word was looked at.
 */
@ResourceLock("refcount warnings")
class InterleavingsTest {
    /** Where the address of a head has a low half that looks like a positive count, or like a negative one. */
    private static final int EVEN = 0;

    private static final int ODD = 1;
    private static final long SATURATED = Integer.toUnsignedLong(Refcount.SATURATED);
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;

    private LayoutKernel k;

    @AfterEach
    void close() {
        k.close();
    }

    private void on(TaskLayout layout) {
        k = new LayoutKernel(layout);
        k.kernel.rcu().readLock();
    }

    private void endSection() {
        k.kernel.rcu().readUnlock();
        k.graceperiods();
    }

    /** The word of a task after its final put, with nothing behind it in the list. */
    private long deadWord(TaskStruct task) {
        RcuUsersSlot tagged = new RcuUsersSlot(task.index);
        tagged.init(1);
        assertTrue(tagged.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT));
        return k.layout == TaskLayout.TAGGED ? tagged.word() : 0;
    }

    private void assertAllFreed(TaskStruct... tasks) {
        assertEquals(List.of(tasks), k.freed);
        assertEquals(List.of(), k.damage());
        assertEquals(List.of(), k.troubles);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i1TheIncrementComesFirst(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        long seen = k.load(b);
        assertTrue(k.incNotZero(b, seen));
        assertEquals(2, b.rcuUsersWord());
        assertFalse(k.dec(b), "W's put is not the last any more");
        assertEquals(1, b.rcuUsersWord());
        endSection();
        assertAllFreed();
        k.finalPut(b);
        k.graceperiods();
        assertAllFreed(b);
        assertEquals(List.of(), k.warnings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i2TheCompareAndSetFails(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        long seen = k.load(b);
        assertEquals(1, seen);
        assertTrue(k.dec(b));
        assertEquals(deadWord(b), b.rcuUsersWord());
        assertFalse(k.incNotZero(b, seen));
        assertEquals(deadWord(b), b.rcuUsersWord());
        k.callRcu(b);
        endSection();
        assertAllFreed(b);
        assertEquals(List.of(), k.warnings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i3TheLastOfTheListIsSafeByLuck(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        k.finalPut(b);
        assertEquals(deadWord(b), k.load(b), "the union's NULL looks like a count of 0");
        assertFalse(k.incNotZero(b, k.load(b)));
        assertEquals(deadWord(b), b.rcuUsersWord());
        endSection();
        assertAllFreed(b);
        assertEquals(List.of(), k.warnings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i4AnotherCallbackBehindIt(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        k.finalPut(b);
        k.finalPut(x);
        long seen = k.load(b);
        if (layout != TaskLayout.UNION) {
            assertEquals(deadWord(b), seen);
            assertFalse(k.incNotZero(b, seen));
            assertEquals(deadWord(b), b.rcuUsersWord());
            endSection();
            assertAllFreed(b, x);
            assertEquals(List.of(), k.warnings);
            return;
        }
        assertEquals(x.rcuHeadAddress(), seen);
        assertTrue((int) seen > 0, "as a count: many");
        assertTrue(k.incNotZero(b, seen), "A believes that it holds a reference");
        assertEquals(x.rcuHeadAddress() + 1, b.rcuUsersWord(), "one byte into the next head");
        assertEquals(new SlotDamage(Kind.BOGUS_SUCCESS, Mode.QUEUED, seen, seen + 1), k.only(Kind.BOGUS_SUCCESS));
        assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS), k.damage());
        assertEquals(List.of(), k.warnings, "and refcount_t sees nothing");
        endSection();
        assertEquals(List.of(b), k.freed, "although A believes that it holds a reference");
        SlotDamage nowhere = k.only(Kind.LINK_INTO_NOWHERE);
        assertEquals(x.rcuHeadAddress() + 1, nowhere.before());
        assertEquals(x.rcuHeadAddress(), nowhere.after());
        assertEquals(x, k.whose(Kind.LOST_CALLBACK));
        assertEquals(List.of(Kind.LINK_INTO_NOWHERE, Kind.LOST_CALLBACK), k.damage());
        assertFalse(x.isPoisoned(), "leaked");
    }

    /** The way that the mail tells it: A has loaded a count, and is delayed while all the rest happens. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i4AsTheMailTellsIt(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        Mode mode = k.mode(b);
        long seen = k.load(b);
        assertEquals(1, seen);
        k.finalPut(b);
        k.finalPut(x);
        assertEquals(layout == TaskLayout.UNION, k.incNotZero(b, mode, seen));
        if (layout == TaskLayout.UNION) {
            assertEquals(x.rcuHeadAddress() + 1, b.rcuUsersWord());
            assertEquals(Mode.QUEUED, k.only(Kind.BOGUS_SUCCESS).mode(), "found out by the other half of the word");
            endSection();
            assertEquals(x, k.whose(Kind.LOST_CALLBACK));
        } else {
            endSection();
            assertAllFreed(b, x);
        }
        assertEquals(List.of(), k.warnings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i5TheLinkLooksSaturated(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(ODD);
        k.finalPut(b);
        k.finalPut(x);
        long seen = k.load(b);
        if (layout != TaskLayout.UNION) {
            assertFalse(k.incNotZero(b, seen));
            assertEquals(deadWord(b), b.rcuUsersWord());
            endSection();
            assertAllFreed(b, x);
            assertEquals(List.of(), k.warnings);
            return;
        }
        assertEquals(x.rcuHeadAddress(), seen);
        assertTrue((int) seen < 0, "as a count: saturated");
        assertTrue(k.incNotZero(b, seen));
        assertEquals((x.rcuHeadAddress() & UPPER) | SATURATED, b.rcuUsersWord(), "half of the link is gone");
        assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS), k.damage());
        assertEquals(List.of(RefcountWarning.ADD_NOT_ZERO_OVF), k.warnings, "\"leaking memory\": it does worse");
        endSection();
        assertEquals(List.of(b), k.freed);
        assertEquals(
                (x.rcuHeadAddress() & UPPER) | SATURATED,
                k.only(Kind.LINK_INTO_NOWHERE).before());
        assertEquals(x, k.whose(Kind.LOST_CALLBACK));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i6TheBogusReferenceIsGivenBackInTime(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        k.finalPut(b);
        k.finalPut(x);
        boolean got = k.incNotZero(b, k.load(b));
        assertEquals(layout == TaskLayout.UNION, got);
        if (got) {
            assertFalse(k.dec(b));
            assertEquals(x.rcuHeadAddress(), b.rcuUsersWord(), "as if nothing had been");
            assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS, Kind.COUNT_OP_ON_RCU_HEAD), k.damage());
        }
        endSection();
        assertAllFreed(b, x);
        assertEquals(List.of(), k.warnings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i7AfterTheCallbackTheUnionStillHoldsItsLink(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        TaskStruct y = k.withOneUser(EVEN);
        List.of(b, x, y).forEach(k::finalPut);
        b.getTaskStruct(); // so that the memory is not free yet when the callback has run
        x.getTaskStruct();
        endSection();
        assertEquals(List.of(b, x, y), k.freed);
        // While the section was held at most one grace period began, so two of the three were in one batch, and the
        // last
        // of a batch only gets a NULL.
        TaskStruct stale = k.load(b) == 0 ? x : b;
        long seen = k.load(stale);
        assertEquals(layout == TaskLayout.UNION, k.incNotZero(stale, seen));
        if (layout == TaskLayout.UNION) {
            assertEquals(new SlotDamage(Kind.BOGUS_SUCCESS, Mode.INVOKED, seen, seen + 1), k.only(Kind.BOGUS_SUCCESS));
            assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS), k.damage());
        }
        stale.putTaskStruct();
        k.graceperiods();
        assertTrue(stale.isPoisoned());
        seen = k.load(stale);
        assertEquals(layout == TaskLayout.UNION, k.incNotZero(stale, seen));
        if (layout == TaskLayout.UNION) {
            assertEquals(Mode.FREED, k.only(Kind.BOGUS_SUCCESS).mode());
        } else {
            assertEquals(seen, k.load(stale), "free memory was not touched");
        }
        assertEquals(List.of(), k.warnings, "the union's refcount_t sees nothing; the others had nothing to report");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i7OnMemoryThatServesAgainNoLayoutCanTell(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        int generation = b.generation();
        k.finalPut(b);
        endSection();
        TaskStruct next = k.forkAt(EVEN);
        assertEquals(b, next, "type-stable memory");
        assertTrue(k.incNotZero(b, k.load(b)), "the count of another task");
        assertEquals(3, next.rcuUsers());
        assertNotEquals(generation, b.generation(), "which is how the holder of a stale pointer finds out");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i8APlainIncrementOfTheLastOfTheList(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        k.finalPut(b);
        b.rcuUsers.inc();
        assertEquals(List.of(RefcountWarning.ADD_UAF), k.warnings, "reported on every layout");
        assertEquals(
                layout == TaskLayout.TAGGED ? deadWord(b) : SATURATED,
                b.rcuUsersWord(),
                "the union's NULL is a link now; the split count saturates; the tagged word does not change");
        assertEquals(layout == TaskLayout.UNION ? List.of(Kind.COUNT_OP_ON_RCU_HEAD) : List.of(), k.damage());
        endSection();
        assertEquals(List.of(b), k.freed);
        if (layout == TaskLayout.UNION) {
            assertEquals(SATURATED, k.only(Kind.LENGTH_MISMATCH).before(), "empty, but for a link into nowhere");
            assertEquals(List.of(Kind.LENGTH_MISMATCH), k.damage());
        }
        TaskStruct y = k.withOneUser(EVEN);
        k.finalPut(y);
        k.graceperiods();
        assertAllFreed(b, y); // whoever is queued next heals the head of the list
    }

    /** The checker, too, may have looked when the word was still a count. */
    @Test
    void i8WhoseModeWasReadBeforeIsStillSeen() {
        on(TaskLayout.UNION);
        TaskStruct b = k.withOneUser(EVEN);
        Mode mode = k.mode(b);
        assertEquals(Mode.COUNT, mode);
        k.finalPut(b);
        ((UnionRcuUsers) b.rcuUsers).inc(mode);
        assertEquals(Mode.QUEUED, k.only(Kind.COUNT_OP_ON_RCU_HEAD).mode());
        endSection();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i8IsHealedByTheNextCallback(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        k.finalPut(b);
        b.rcuUsers.inc();
        k.finalPut(x);
        if (layout == TaskLayout.UNION) {
            assertEquals(x.rcuHeadAddress(), b.rcuUsersWord(), "the tail store is 64 bits wide");
        }
        k.damage();
        endSection();
        assertAllFreed(b, x);
        assertEquals(List.of(RefcountWarning.ADD_UAF), k.warnings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i9TwoFinalPutsOnTheLastOfTheList(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        k.finalPut(b);
        assertFalse(k.dec(b));
        assertEquals(List.of(RefcountWarning.SUB_UAF), k.warnings, "reported on every layout");
        assertEquals(layout == TaskLayout.TAGGED ? deadWord(b) : SATURATED, b.rcuUsersWord());
        assertEquals(layout == TaskLayout.UNION ? List.of(Kind.COUNT_OP_ON_RCU_HEAD) : List.of(), k.damage());
        endSection();
        assertEquals(List.of(b), k.freed);
        assertEquals(layout == TaskLayout.UNION ? List.of(Kind.LENGTH_MISMATCH) : List.of(), k.damage());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i9TwoFinalPutsWithACallbackBehind(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        k.finalPut(b);
        k.finalPut(x);
        assertFalse(k.dec(b));
        if (layout != TaskLayout.UNION) {
            assertEquals(List.of(RefcountWarning.SUB_UAF), k.warnings);
            endSection();
            assertAllFreed(b, x);
            return;
        }
        assertEquals(x.rcuHeadAddress() - 1, b.rcuUsersWord());
        assertEquals(List.of(), k.warnings, "without debug objects nobody sees it");
        assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD), k.damage());
        endSection();
        assertEquals(List.of(b), k.freed);
        assertEquals(x, k.whose(Kind.LOST_CALLBACK));
        assertEquals(List.of(Kind.LINK_INTO_NOWHERE, Kind.LOST_CALLBACK), k.damage());
    }

    private void onUnion(RefcountProfile profile, ByteOrder order) {
        k = new LayoutKernel(TaskLayout.UNION, kernel -> new UnionRules(kernel, 1, profile, order));
        k.kernel.rcu().readLock();
    }

    /** I8 with the refcount_t of 5.4 itself, which refuses and warns: the only one of these that it prevents. */
    @Test
    void i10TheLegacyCountRefusesAnIncrementOfZero() {
        onUnion(RefcountProfile.LEGACY, ByteOrder.LITTLE_ENDIAN);
        TaskStruct b = k.withOneUser(EVEN);
        k.finalPut(b);
        b.rcuUsers.inc();
        assertEquals(0, b.rcuUsersWord());
        assertEquals(List.of(RefcountWarning.INC_UAF), k.warnings);
        assertFalse(k.dec(b), "and so is a second final put");
        assertEquals(0, b.rcuUsersWord());
        assertEquals(List.of(RefcountWarning.INC_UAF, RefcountWarning.SUB_UAF), k.warnings);
        endSection();
        assertAllFreed(b);
    }

    @ParameterizedTest
    @ValueSource(ints = {EVEN, ODD})
    void i10TheLegacyCountAddsToALinkOfEitherSign(int parity) {
        onUnion(RefcountProfile.LEGACY, ByteOrder.LITTLE_ENDIAN);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(parity);
        k.finalPut(b);
        k.finalPut(x);
        assertTrue(k.incNotZero(b, k.load(b)));
        assertEquals(x.rcuHeadAddress() + 1, b.rcuUsersWord(), "bit 31 is a bit like the others");
        assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS), k.damage());
        assertEquals(List.of(), k.warnings);
        endSection();
        assertEquals(List.of(b), k.freed);
        assertEquals(x, k.whose(Kind.LOST_CALLBACK));
    }

    @Test
    void t9OnBigEndianTheCountIsTheUpperHalfOfTheLink() {
        onUnion(RefcountProfile.CURRENT, ByteOrder.BIG_ENDIAN);
        TaskStruct b = k.withOneUser(EVEN);
        assertEquals(1L << 32, b.rcuUsersWord());
        assertEquals(1, b.rcuUsers());
        TaskStruct x = k.withOneUser(EVEN);
        k.finalPut(b);
        assertFalse(k.incNotZero(b, k.load(b)), "NULL is 0 on every machine");
        k.finalPut(x);
        assertTrue(k.incNotZero(b, k.load(b)));
        assertEquals(
                SATURATED << 32 | (x.rcuHeadAddress() & ~UPPER),
                b.rcuUsersWord(),
                "every address is a negative count: saturated");
        assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS), k.damage());
        endSection();
        assertEquals(x, k.whose(Kind.LOST_CALLBACK));
    }

    @Test
    void t9OnBigEndianAnIncrementMovesTheLinkBy2To32() {
        onUnion(RefcountProfile.LEGACY, ByteOrder.BIG_ENDIAN);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        k.finalPut(b);
        k.finalPut(x);
        assertTrue(k.incNotZero(b, k.load(b)));
        assertEquals(x.rcuHeadAddress() + (1L << 32), b.rcuUsersWord());
        endSection();
        assertEquals(x, k.whose(Kind.LOST_CALLBACK));
    }

    /** I9 between the final put and its call_rcu, on each layout. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void i9TwoFinalPutsBeforeTheCallback(TaskLayout layout) {
        on(layout);
        TaskStruct b = k.withOneUser(EVEN);
        TaskStruct x = k.withOneUser(EVEN);
        assertTrue(k.dec(b));
        assertFalse(k.dec(b));
        assertEquals(List.of(RefcountWarning.SUB_UAF), k.warnings);
        assertEquals(List.of(), k.damage());
        assertEquals(layout == TaskLayout.TAGGED ? deadWord(b) : SATURATED, b.rcuUsersWord());
        k.callRcu(b);
        assertEquals(
                layout == TaskLayout.UNION ? 0 : layout == TaskLayout.SPLIT ? SATURATED : deadWord(b),
                b.rcuUsersWord(),
                "the union's call_rcu writes all of it");
        k.finalPut(x);
        endSection();
        assertAllFreed(b, x);
    }
}
