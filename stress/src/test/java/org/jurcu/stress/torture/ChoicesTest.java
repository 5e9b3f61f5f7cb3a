package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The seed decides what each thread does next, and nothing else does. */
class ChoicesTest {
    private static final int MANY = 1000;

    private static List<Long> draw(long seed, String flavour, String role) {
        Choices choices = Choices.of(seed, flavour, role);
        return java.util.stream.LongStream.generate(choices::next)
                .limit(MANY)
                .boxed()
                .toList();
    }

    @Test
    void seedFlavourAndRoleDecide() {
        List<Long> drawn = draw(1, "rcu", "reader-0");
        assertEquals(drawn, draw(1, "rcu", "reader-0"));
        for (List<Long> other :
                List.of(draw(2, "rcu", "reader-0"), draw(1, "qsbr", "reader-0"), draw(1, "rcu", "reader-1"))) {
            assertTrue(other.stream().noneMatch(drawn::contains), "two threads draw the same numbers");
        }
    }

    @Test
    void aNumberIsBelowItsBoundAndEachComesUp() {
        Choices choices = Choices.of(1, "rcu", "x");
        boolean[] seen = new boolean[7];
        for (int i = 0; i < MANY; i++) {
            seen[choices.below(7)] = true;
        }
        for (boolean each : seen) {
            assertTrue(each);
        }
        assertFalse(Choices.of(1, "rcu", "x").oneIn(1_000_000_000));
        assertTrue(Choices.of(1, "rcu", "x").oneIn(1));
    }

    /** A writer and a reader, in one thread so that no machine has a say. */
    @Test
    void theSameSeedMakesTheSameUpdatesAndSections() {
        List<Long> first = play(5);
        assertEquals(first, play(5));
        assertNotEquals(first, play(6));
    }

    private static List<Long> play(long seed) {
        try (Subject subject = Flavour.RCU.create("played", Duration.ofSeconds(3), new StallReports())) {
            Torture torture = new Torture(subject, Plan.whole(Duration.ofSeconds(1), seed));
            Tally tally = new Tally();
            Sections sections = new Sections(torture, 0, torture.choices("reader-0"), tally);
            Writer writer = torture.writers().get(0);
            try (ReadSide side = subject.join(0)) {
                for (int i = 0; i < MANY; i++) {
                    if (i % 20 == 0) {
                        writer.turn();
                    }
                    sections.section(side);
                }
            }
            assertFalse(
                    torture.evidence().any(),
                    () -> torture.evidence().sentences().toString());
            List<Long> played = new ArrayList<>(writer.ways().values());
            for (int what = 0; what < Tally.CALLS_INSIDE; what++) { // whether it may call is up to its last callback
                played.add(tally.get(what));
            }
            return played;
        }
    }
}
