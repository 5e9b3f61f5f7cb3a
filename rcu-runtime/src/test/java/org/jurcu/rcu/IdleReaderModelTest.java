package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Condition;
import org.jurcu.model.ReorderingMachine.Findings;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/**
 * The striking off of idle readers, docs/grace-period.md section 14, on the machine of {@link HandshakeModelTest}: a section
 * that found itself listed, against a leader that lets its reader doze, strikes it off in the next period, and waits in the
 * one behind that for whom it still has on its list. Then the same against an owner that wakes its reader, and against one that
 * leaves its slot to another reader.
 */
class IdleReaderModelTest {
    private static final int X = 0;
    private static final int Y = 1;
    private static final int DATA = 2;
    private static final int EPOCH = 3;
    private static final int ANNOUNCED = 4;
    private static final int LISTING = 5;
    private static final int BIT = 6;
    private static final int LOCK = 7;
    private static final int SLOT = 8;
    private static final int NEXT_ANNOUNCED = 9;

    /** What can be taken away. */
    enum Twin {
        NONE,
        LOOKS_AT_THE_LISTING_FIRST,
        DOES_NOT_LOOK_AT_THE_LISTING,
        STRUCK_OFF_AT_THE_FIRST_LOOK,
        // Of the asymmetric strategy only.
        SECOND_LOOK_BEFORE_THE_FENCE,
        // Of an owner that wakes its reader.
        STRUCK_OFF_BY_A_STORE,
        STRUCK_OFF_WITHOUT_THE_LOCK,
        GOES_ON_BEFORE_THE_BIT,
        // Likewise, of the strategy full only.
        GOES_ON_WITH_THE_OLD_ANNOUNCEMENT,
        // Of one that leaves its slot.
        STRUCK_OFF_AFTER_IT_LEFT
    }

    private static Findings explore(Twin twin, boolean asymmetric) {
        ReorderingMachine machine = new ReorderingMachine(0, 0, 0, 1, 0, 0);

        Program reader = machine.thread();
        int e = reader.load(EPOCH, Mode.VOLATILE); // R1
        int early = twin == Twin.LOOKS_AT_THE_LISTING_FIRST ? reader.load(LISTING, Mode.VOLATILE) : -1;
        reader.store(ANNOUNCED, (r, old) -> r[e], asymmetric ? Mode.RELEASE : Mode.VOLATILE, e); // R2
        if (!asymmetric) {
            reader.load(EPOCH, Mode.VOLATILE); // R3
        }
        int listing = early >= 0 ? early : reader.load(LISTING, Mode.VOLATILE); // R3a
        int x = reader.load(X, Mode.PLAIN);
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(DATA, 1, Mode.PLAIN);
        reader.store(ANNOUNCED, 0, Mode.RELEASE); // R5

        Program leader = machine.thread();
        int first = leader.load(ANNOUNCED, Mode.VOLATILE);
        leader.store(LISTING, (r, old) -> r[first] == 0 ? 1 : 0, Mode.VOLATILE, first); // U6a
        int early2 = twin == Twin.SECOND_LOOK_BEFORE_THE_FENCE ? leader.load(ANNOUNCED, Mode.VOLATILE) : -1;
        leader.update(EPOCH, 1); // U4
        heavyFence(asymmetric, leader, reader); // U5
        int second = early2 >= 0 ? early2 : leader.load(ANNOUNCED, Mode.VOLATILE); // U6b
        leader.store(X, 1, Mode.PLAIN); // U1
        leader.update(EPOCH, 1); // U4
        heavyFence(asymmetric, leader, reader); // U5
        leader.await(
                ANNOUNCED,
                Mode.VOLATILE,
                (r, announced) -> (r[first] == 0 && (r[second] == 0 || twin == Twin.STRUCK_OFF_AT_THE_FIRST_LOOK))
                        || announced == 0
                        || announced >= 3,
                first,
                second); // U7
        leader.store(Y, 1, Mode.PLAIN);
        int data = leader.load(DATA, Mode.PLAIN);
        boolean checks = twin != Twin.DOES_NOT_LOOK_AT_THE_LISTING;
        return machine.explore(r -> (r[listing] == 0 || !checks) && r[x] == 0 && (r[y] == 1 || r[data] == 0));
    }

    /** The reader dozes, since a period before. Its owner wakes it as {@code listAnew} does, if need be under the lock. */
    private static Findings exploreWaking(Twin twin, boolean asymmetric) {
        ReorderingMachine machine = new ReorderingMachine(0, 0, 0, 1, 0, ReaderRecord.DOZING, 1, 0);
        boolean announcesAnew = twin != Twin.GOES_ON_WITH_THE_OLD_ANNOUNCEMENT;
        boolean late = twin == Twin.GOES_ON_BEFORE_THE_BIT;

        Program reader = machine.thread();
        announce(reader, ANNOUNCED, asymmetric, (r, old) -> true);
        int found = reader.load(LISTING, Mode.VOLATILE); // R3a
        Condition asleep = (r, any) -> r[found] != ReaderRecord.LISTED;
        if (announcesAnew) {
            reader.store(ANNOUNCED, (r, old) -> asleep.holds(r, old) ? 0 : old, Mode.RELEASE, found);
        }
        int dozed = reader.update(
                LISTING,
                (r, old) -> asleep.holds(r, old) && old == ReaderRecord.DOZING ? ReaderRecord.LISTED : old,
                Mode.VOLATILE);
        Condition unlisted = (r, any) -> asleep.holds(r, any) && r[dozed] != ReaderRecord.DOZING;
        int held = tryLock(reader, unlisted);
        if (!late) {
            reader.store(BIT, (r, old) -> unlisted.holds(r, old) ? 1 : old, Mode.VOLATILE); // R0
        }
        reader.store(LISTING, (r, old) -> unlisted.holds(r, old) ? ReaderRecord.LISTED : old, Mode.VOLATILE);
        unlock(reader, (r, any) -> unlisted.holds(r, any) && r[held] == 0);
        int again = -1;
        if (announcesAnew) {
            announce(reader, ANNOUNCED, asymmetric, asleep);
            again = reader.load(LISTING, Mode.VOLATILE); // R3a
        }
        int x = reader.load(X, Mode.PLAIN);
        if (late) {
            reader.store(BIT, (r, old) -> unlisted.holds(r, old) ? 1 : old, Mode.VOLATILE);
        }
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(DATA, 1, Mode.PLAIN);
        reader.store(ANNOUNCED, 0, Mode.RELEASE); // R5

        Program leader = machine.thread();
        leader.update(EPOCH, 1); // U4
        heavyFence(asymmetric, leader, reader); // U5
        int second = leader.load(ANNOUNCED, Mode.VOLATILE);
        int listing = leader.load(LISTING, Mode.VOLATILE);
        Condition sleeper = (r, any) -> r[second] == 0 && r[listing] == ReaderRecord.DOZING;
        boolean locks = twin != Twin.STRUCK_OFF_WITHOUT_THE_LOCK;
        int locked = locks ? tryLock(leader, sleeper) : -1;
        Condition strikes = (r, any) -> sleeper.holds(r, any) && (!locks || r[locked] == 0);
        int struck = leader.update( // U6b
                LISTING,
                (r, old) -> strikes.holds(r, old) && (old == ReaderRecord.DOZING || twin == Twin.STRUCK_OFF_BY_A_STORE)
                        ? ReaderRecord.UNLISTED
                        : old,
                Mode.VOLATILE);
        Condition gone = (r, any) ->
                strikes.holds(r, any) && (r[struck] == ReaderRecord.DOZING || twin == Twin.STRUCK_OFF_BY_A_STORE);
        leader.store(BIT, (r, old) -> gone.holds(r, old) ? 0 : old, Mode.VOLATILE);
        if (locks) {
            unlock(leader, strikes);
        }
        int data = period(leader, reader, asymmetric, ANNOUNCED);
        int last = again;
        return machine.explore(r -> !(unlisted.holds(r, 0) && r[held] != 0) // who finds the lock taken comes later
                && (last < 0 || r[last] == ReaderRecord.LISTED)
                && r[x] == 0
                && (r[y] == 1 || r[data] == 0));
    }

    /** The reader dozes; its owner closes it, and has a section with the one that it registers next. */
    private static Findings exploreLeaving(Twin twin, boolean asymmetric) {
        ReorderingMachine machine = new ReorderingMachine(0, 0, 0, 1, 0, ReaderRecord.DOZING, 1, 0, 1, 0);
        Condition always = (r, any) -> true;

        Program reader = machine.thread();
        int left = tryLock(reader, always);
        Condition gone = (r, any) -> r[left] == 0;
        reader.store(BIT, (r, old) -> gone.holds(r, old) ? 0 : old, Mode.VOLATILE); // R6
        reader.store(SLOT, (r, old) -> gone.holds(r, old) ? 0 : old, Mode.VOLATILE); // R6
        unlock(reader, gone);
        int came = tryLock(reader, gone);
        Condition here = (r, any) -> gone.holds(r, any) && r[came] == 0;
        reader.store(SLOT, (r, old) -> here.holds(r, old) ? 2 : old, Mode.VOLATILE); // R0
        reader.store(BIT, (r, old) -> here.holds(r, old) ? 1 : old, Mode.VOLATILE); // R0
        unlock(reader, here);
        announce(reader, NEXT_ANNOUNCED, asymmetric, always); // its LISTING is its own, and LISTED
        int x = reader.load(X, Mode.PLAIN);
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(DATA, 1, Mode.PLAIN);
        reader.store(NEXT_ANNOUNCED, 0, Mode.RELEASE); // R5

        Program leader = machine.thread();
        int met = leader.load(SLOT, Mode.VOLATILE);
        int locked = tryLock(leader, (r, any) -> r[met] == 1);
        Condition strikes = (r, any) -> r[met] == 1 && r[locked] == 0;
        int present = leader.load(SLOT, Mode.VOLATILE);
        boolean checks = twin != Twin.STRUCK_OFF_AFTER_IT_LEFT;
        leader.store( // U6b: it dozes, whether it is registered or not
                BIT,
                (r, old) -> strikes.holds(r, old) && (!checks || r[present] == 1) ? 0 : old,
                Mode.VOLATILE,
                present);
        unlock(leader, strikes);
        int data = period(leader, reader, asymmetric, NEXT_ANNOUNCED);
        return machine.explore(r -> here.holds(r, 0) && r[x] == 0 && (r[y] == 1 || r[data] == 0));
    }

    /** R1 to R3, if {@code when}. */
    private static void announce(Program reader, int announced, boolean asymmetric, Condition when) {
        int e = reader.load(EPOCH, Mode.VOLATILE);
        reader.store(
                announced, (r, old) -> when.holds(r, old) ? r[e] : old, asymmetric ? Mode.RELEASE : Mode.VOLATILE, e);
        if (!asymmetric) {
            reader.load(EPOCH, Mode.VOLATILE);
        }
    }

    /** U1 to U8 of a period that meets only who is on the list. Returns the register of DATA as it is behind it. */
    private static int period(Program leader, Program reader, boolean asymmetric, int announced) {
        leader.store(X, 1, Mode.PLAIN);
        int before = leader.update(EPOCH, 1);
        heavyFence(asymmetric, leader, reader);
        int bit = leader.load(BIT, Mode.VOLATILE);
        leader.await(announced, Mode.VOLATILE, (r, word) -> r[bit] == 0 || word == 0 || word > r[before], bit);
        leader.store(Y, 1, Mode.PLAIN);
        return leader.load(DATA, Mode.PLAIN);
    }

    /** Takes the lock {@code when}, if it is free; returns the register of what it was. */
    private static int tryLock(Program program, Condition when) {
        return program.update(LOCK, (r, old) -> old == 0 && when.holds(r, old) ? 1 : old, Mode.VOLATILE);
    }

    private static void unlock(Program holder, Condition when) {
        holder.store(LOCK, (r, old) -> when.holds(r, old) ? 0 : old, Mode.VOLATILE);
    }

    private static void heavyFence(boolean asymmetric, Program leader, Program reader) {
        if (asymmetric) {
            leader.heavyFence(reader);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noSectionIsPassedOver(boolean asymmetric) {
        Findings findings = explore(Twin.NONE, asymmetric);
        assertFalse(findings.violation());
        assertTrue(findings.ends() > 10, "too few executions to say anything: " + findings);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"LOOKS_AT_THE_LISTING_FIRST", "DOES_NOT_LOOK_AT_THE_LISTING", "STRUCK_OFF_AT_THE_FIRST_LOOK"})
    void eachOfTheseIsNeeded(Twin twin) {
        assertTrue(explore(twin, false).violation());
        assertTrue(explore(twin, true).violation());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWakesOrLeavesIsNotPassedOver(boolean asymmetric) {
        for (Findings findings : List.of(exploreWaking(Twin.NONE, asymmetric), exploreLeaving(Twin.NONE, asymmetric))) {
            assertFalse(findings.violation());
            assertTrue(findings.ends() > 10, "too few executions to say anything: " + findings);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"STRUCK_OFF_BY_A_STORE", "STRUCK_OFF_WITHOUT_THE_LOCK", "GOES_ON_BEFORE_THE_BIT"})
    void eachOfTheseIsNeededWhereTheOwnerWakes(Twin twin) {
        assertTrue(exploreWaking(twin, false).violation());
        assertTrue(exploreWaking(twin, true).violation());
    }

    /** The fence of the leader orders the bit before the section as well; the code has one way for both. */
    @Test
    void theStrategyFullNeedsANewAnnouncementBehindTheBit() {
        assertTrue(exploreWaking(Twin.GOES_ON_WITH_THE_OLD_ANNOUNCEMENT, false).violation());
        assertFalse(exploreWaking(Twin.GOES_ON_WITH_THE_OLD_ANNOUNCEMENT, true).violation());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyWhoIsStillInItsSlotMayBeStruckOff(boolean asymmetric) {
        assertTrue(exploreLeaving(Twin.STRUCK_OFF_AFTER_IT_LEFT, asymmetric).violation());
    }

    /** Two volatile accesses a side are enough for the strategy full; the code has one place for both. */
    @Test
    void theAsymmetricStrategyNeedsTheFenceBetweenTheLooks() {
        assertTrue(explore(Twin.SECOND_LOOK_BEFORE_THE_FENCE, true).violation());
        assertFalse(explore(Twin.SECOND_LOOK_BEFORE_THE_FENCE, false).violation());
    }
}
