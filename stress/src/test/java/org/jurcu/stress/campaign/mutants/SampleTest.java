package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {
    private static final List<Integer> ALL = IntStream.range(0, 10).boxed().toList();

    @Test
    void aSeedAlwaysChoosesTheSame() {
        assertEquals(Sample.of(ALL, 4, 7, n -> n > 7), Sample.of(ALL, 4, 7, n -> n > 7));
        assertNotEquals(Sample.of(ALL, 4, 7, n -> n > 7), Sample.of(ALL, 4, 8, n -> n > 7));
    }

    @ParameterizedTest
    @CsvSource({"3,0,4", "4,5,3", "1,-3,10", "4,9223372036854775805,3"})
    void successiveSeedsGoRound(int size, long seed, int seeds) {
        Set<Integer> met = new HashSet<>();
        for (int i = 0; i < seeds; i++) {
            List<Integer> chosen = Sample.of(ALL, size, seed + i, n -> n > 7);
            assertEquals(size, new HashSet<>(chosen).size());
            met.addAll(chosen);
        }
        assertEquals(new HashSet<>(ALL), met);
    }

    @Test
    void moreThanThereAreIsAll() {
        assertEquals(ALL, Sample.of(ALL, 11, 3, n -> n > 7));
    }

    @Test
    void whatTakesLongIsSpreadEvenly() {
        List<Integer> many = IntStream.range(0, 100).boxed().toList();
        for (int seed = 0; seed < 100; seed++) {
            long slow = Sample.of(many, 8, seed, n -> n < 24).stream()
                    .filter(n -> n < 24)
                    .count();
            assertTrue(slow >= 1 && slow <= 3, seed + ": " + slow);
        }
    }
}
