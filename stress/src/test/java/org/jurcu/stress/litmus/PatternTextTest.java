package org.jurcu.stress.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTextTest {
    private static final String TEXT = """
            MP+x: a title: with a colon

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            y = 1       | r1 = y
                        | unlock

            never r0 = 0 and r1 = 1
            because of a reason
              that goes on
            twin one: P0 without synchronize
            twin two: P1 split after r0 = x
            twin three: P0 with synchronize before x = 1, P1 with r0 = y in place of r0 = x, P1 without r1 = y,
              P1 with r1 = x in place of lock, P1 without unlock
            frozen
            flavours not qsbr srcu
            """;

    @Test
    void aTextHasAllThatIsSaidOfAPattern() {
        Pattern pattern = PatternText.parse(TEXT);
        assertEquals("MP+x", pattern.name());
        assertEquals("a title: with a colon", pattern.title());
        assertEquals(
                List.of(List.of("x = 1", "synchronize", "y = 1"), List.of("lock", "r0 = x", "r1 = y", "unlock")),
                pattern.processes());
        assertEquals(Expectation.NEVER, pattern.expectation());
        assertEquals("r0 = 0 and r1 = 1", pattern.condition().toString());
        assertEquals("of a reason that goes on", pattern.reason());
        assertTrue(pattern.frozen());
        assertEquals(
                EnumSet.of(Flavour.RCU, Flavour.RCU_READER, Flavour.RCU_VIRTUAL, Flavour.QSBR_QUIESCENT),
                pattern.flavours());
    }

    @Test
    void twinsAreThePatternWithSomethingChanged() {
        List<Twin> twins = PatternText.parse(TEXT).twins();
        assertEquals("one", twins.get(0).name());
        assertEquals(List.of("x = 1", "y = 1"), twins.get(0).processes().get(0));
        assertEquals(
                List.of("lock", "r0 = x", "unlock", "lock", "r1 = y", "unlock"),
                twins.get(1).processes().get(1));
        assertEquals(
                List.of(List.of("synchronize", "x = 1", "y = 1"), List.of("r1 = x", "r0 = y")),
                twins.get(2).processes());
    }

    @Test
    void theOutcomeIsMetByTheValuesOfTheConditionOnly() {
        Program program = PatternText.parse(TEXT).program();
        assertEquals(16, program.outcomes());
        for (int outcome = 0; outcome < 16; outcome++) {
            assertEquals(program.describe(outcome).equals("r0=0 r1=1"), program.isWanted(outcome));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "P0 without synchronize, P0 without barrier, there is no line",
        "r1 = y, r1 = yy, is no line of a program",
        "r1 = y, r0 = y, register r0 is given a value twice",
        "r0 = 0 and r1 = 1, r0 = 0 or r1 = 1, is no condition",
        "r0 = 0 and r1 = 1, r4 = 1, nobody gives r4 a value",
        "frozen, molten, it says nothing that is known here",
        "not qsbr srcu, tasks, there is no flavour tasks",
        "P0 with synchronize before x = 1, P0 with synchronize, says neither before nor in place of what",
        "P0 without synchronize, no grace period, is no edit",
    })
    void whatCannotBeReadSaysWhy(String right, String wrong, String why) {
        String text = TEXT.replace(right, wrong);
        assertFalse(text.equals(TEXT));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PatternText.parse(text));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void aPatternWithoutProgramsOrVerdictIsNone() {
        assertThrows(IllegalArgumentException.class, () -> PatternText.parse(TEXT.replace("never", "because")));
        assertThrows(IllegalArgumentException.class, () -> PatternText.parse("X: y\n\nsometimes r0 = 0\n"));
    }
}
