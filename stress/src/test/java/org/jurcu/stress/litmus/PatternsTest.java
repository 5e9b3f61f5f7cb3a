package org.jurcu.stress.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list: nothing is missing in it, and the page about it says the same. */
class PatternsTest {
    @Test
    void noTwoCasesHaveOneName() throws Exception {
        List<String> names = LitmusSuite.all().names();
        assertEquals(names.size(), new HashSet<>(names).size());
    }

    @Test
    void whatIsNeverSeenHasTwins() {
        for (Pattern pattern : Patterns.ALL) {
            if (pattern.expectation() == Expectation.NEVER) {
                assertFalse(pattern.twins().isEmpty(), pattern.name());
            }
            assertFalse(pattern.reason().isEmpty(), pattern.name());
        }
    }

    @Test
    void everyFlavourHasPatternsAndEveryFrozenDomainIsATwin() {
        Set<Flavour> flavours = EnumSet.noneOf(Flavour.class);
        Set<String> frozen = new HashSet<>();
        Patterns.ALL.stream().flatMap(p -> p.cases().stream()).forEach(c -> {
            flavours.add(c.flavour());
            if (c.frozen() != null) {
                frozen.add(c.flavour() + c.frozen());
            }
        });
        assertEquals(EnumSet.allOf(Flavour.class), flavours);
        Set<String> there = new HashSet<>();
        for (Flavour flavour : Flavour.values()) {
            flavour.frozen().keySet().forEach(what -> there.add(flavour + what));
        }
        assertEquals(there, frozen);
        assertFalse(frozen.isEmpty());
    }

    @Test
    void allNineShapesOfTwoProcessesAreThereBothWaysRound() {
        Set<String> names = Patterns.ALL.stream().map(Pattern::name).collect(Collectors.toSet());
        List.of("MP+sync+rcu", "SB+sync+rcu", "LB+sync+rcu", "S+sync+rcu", "R+sync+rcu", "2+2W+sync+rcu")
                .forEach(name -> assertTrue(names.contains(name) && names.contains(name + "-turned"), name));
        List.of("MP", "S", "R")
                .forEach(shape -> assertTrue(
                        names.contains(shape + "+rcu+sync") && names.contains(shape + "+rcu-turned+sync"), shape));
    }

    @Test
    void thePageHasALineForEachPatternWithItsVerdict() throws IOException {
        String page = Files.readString(Path.of("../docs/litmus.md"));
        List<String> missing = Patterns.ALL.stream()
                .map(p -> "| `" + p.name() + "` | " + p.title() + " | "
                        + p.expectation().word() + " `" + p.condition() + "` | " + p.reason()
                        + (p.unseen().isEmpty() ? "" : "; not seen on x86, where " + p.unseen()) + " |")
                .filter(line -> !page.contains(line))
                .toList();
        assertEquals(List.of(), missing);
        long lines = page.lines()
                .filter(line -> line.matches("\\| `[^`]+` \\| .* \\| (never|sometimes) `.*"))
                .count();
        assertEquals(Patterns.ALL.size(), lines);
    }
}
