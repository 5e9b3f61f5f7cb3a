package org.jurcu.stress.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine finds what it is there to find, in one flavour a pattern; a campaign asks for all. */
class TwinsTest {
    private static final long A_WHILE = 100_000_000;

    private static final Map<Flavour, Domain> DOMAINS = new EnumMap<>(Flavour.class);
    private static Crew crew;
    private static Domain other;

    @BeforeAll
    static void open() {
        crew = new Crew(Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(50), 1);
        other = Flavour.openSrcu("litmus-twins-other");
    }

    @AfterAll
    static void close() {
        crew.close();
        other.close();
        DOMAINS.values().forEach(Domain::close);
    }

    /** Those that any machine can show, be it with one processor: no store has to be in flight. */
    static List<Case> sequential() {
        return Patterns.ALL.stream()
                .filter(p -> p.name().contains("turned")
                        || p.name().contains("hand-over-hand")
                        || p.name().contains("free"))
                .flatMap(p -> p.cases().stream())
                .filter(c -> c.isWanted() && c.frozen() == null && c.flavour() == firstOf(c.pattern()))
                .toList();
    }

    private static Flavour firstOf(Pattern pattern) {
        return pattern.flavours().iterator().next();
    }

    /** However busy the machine may be: it is tried until it is seen, or the test's time is over. */
    @ParameterizedTest
    @MethodSource("sequential")
    void whatHasToBeSeenIsSeen(Case wanted) throws Exception {
        Domain domain = DOMAINS.computeIfAbsent(wanted.flavour(), Flavour::open);
        Tally tally = Tally.NOTHING;
        while (tally.wanted() == 0) {
            tally = crew.run(wanted.program(), domain, other, A_WHILE, 1);
            assertNull(tally.failure());
        }
        assertEquals(
                tally.samples(),
                tally.outcomes().values().stream().mapToLong(n -> n).sum());
    }
}
