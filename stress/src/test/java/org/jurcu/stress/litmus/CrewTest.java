package org.jurcu.stress.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine, by patterns whose outcomes are certain. */
class CrewTest {
    private static final long SHORT = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Crew crew = new Crew(2, PATIENCE, 1);
    private final Domain other = Flavour.openSrcu("litmus-test-other");

    @AfterEach
    void closeAll() {
        crew.close();
        other.close();
    }

    private Tally run(Pattern pattern, Flavour flavour, long enough) throws InterruptedException {
        try (Domain domain = flavour.open()) {
            return crew.run(pattern.program(), domain, other, SHORT, enough);
        }
    }

    @Test
    void everyInstanceOfABatchIsCountedAndSeesItsOwnWrites() throws Exception {
        Tally tally =
                crew.run(Texts.certain("never r0 = 1 and y = 2", "none").program(), null, other, SHORT, Long.MAX_VALUE);
        assertNull(tally.failure());
        assertTrue(tally.samples() >= Batch.GROUPS && tally.samples() % Batch.GROUPS == 0, tally.toString());
        assertEquals(tally.samples(), tally.wanted());
        assertEquals(Map.of("r0=1 r1=2 y=2", tally.samples()), tally.outcomes());
    }

    @Test
    void nothingOfABatchIsLeftInTheNext() throws Exception {
        crew.run(Texts.certain("never r0 = 1", "none").program(), null, other, SHORT, Long.MAX_VALUE);
        Pattern reads = PatternText.parse("""
                READS: what nobody has written

                P0     | P1
                r0 = x | r1 = y

                never r0 = 0 and r1 = 0
                flavours none
                """);
        Tally tally = crew.run(reads.program(), null, other, SHORT, Long.MAX_VALUE);
        assertEquals(Map.of("r0=0 r1=0", tally.samples()), tally.outcomes());
    }

    @Test
    void aRunEndsWhenEnoughWasSeen() throws Exception {
        Tally tally = crew.run(Texts.certain("never r0 = 1", "none").program(), null, other, Long.MAX_VALUE / 4, 1);
        assertTrue(tally.samples() <= Batch.INSTANCES, tally.toString());
        assertTrue(tally.wanted() >= 1);
    }

    @Test
    void pointersLeadWhereTheyWereAssigned() throws Exception {
        Pattern pattern = PatternText.parse("""
                POINTERS: each finds its own

                P0       | P1
                b = 2    | y = 1
                p := b   | r2 = y
                r0 := p  |
                r1 = *r0 |

                initially p := a
                never r0 = b and r1 = 2
                flavours none
                """);
        Tally tally = crew.run(pattern.program(), null, other, SHORT, Long.MAX_VALUE);
        assertEquals(Map.of("r0=b r1=2 r2=1", tally.samples()), tally.outcomes());
    }

    /** Whatever a flavour's thread does, its sections and grace periods come to an end. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void threeProcessesOnTwoProcessorsGetToTheirEnd(Flavour flavour) throws Exception {
        Pattern pattern = PatternText.parse("""
                THREE: all that there is

                P0                     | P1           | P2
                x = 1                  | lock         | lock
                synchronize            | srcu lock    | r0 = x
                synchronize expedited  | lock         | unlock
                synchronize timed      | y = 1        | srcu synchronize
                cookie = startPoll     | unlock       | call z = 1
                poll cookie            | srcu unlock  | barrier
                cookie = getState      | unlock       | r1 = z
                condSynchronize cookie | mb           |
                poll COMPLETED         |              |

                never r1 = 1
                because the barrier waits for the callback
                """);
        Program program = pattern.program();
        assertTrue(crew.multiplexes(program));
        Tally tally = run(pattern, flavour, Long.MAX_VALUE);
        assertNull(tally.failure());
        assertEquals(tally.samples(), tally.wanted());
    }

    @Test
    void oldestSectionsEndFirstWhereThatIsPossible() throws Exception {
        Pattern pattern = PatternText.parse("""
                OLDEST: two sections

                P0    | P1
                x = 1 | lock
                      | lock
                      | unlock oldest
                      | r0 = x
                      | unlock

                never r0 = 2
                """);
        assertNull(run(pattern, Flavour.SRCU, 1).failure());
        String why = run(pattern, Flavour.RCU, 1).failure();
        assertTrue(why.startsWith("P1 ended at 'unlock oldest' with"), why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rcu", "qsbr"})
    void aThreadThatHangsEndsWithOneSentence(String flavour) throws Exception {
        try (Crew impatient = new Crew(2, Duration.ofSeconds(1), 1);
                Domain domain = Flavour.of(flavour).open()) {
            Tally tally = impatient.run(Texts.hanging(flavour).program(), domain, other, SHORT, 1);
            assertTrue(impatient.isHung());
            assertTrue(
                    tally.failure().startsWith("hung: after 1.0 s more than it had, P0 at 'synchronize'"),
                    tally.failure());
            assertEquals(0, tally.samples());
        }
    }

    @Test
    void aThreadThatThrowsEndsWithOneSentence() throws Exception {
        Pattern pattern = PatternText.parse("""
                THROWS: nobody began the section

                P0    | P1
                x = 1 | unlock
                      | lock
                      | r0 = x
                      | unlock

                never r0 = 2
                """);
        String why = run(pattern, Flavour.RCU, 1).failure();
        assertTrue(why.startsWith("P1 ended at 'unlock' with java.lang.IllegalStateException"), why);
    }
}
