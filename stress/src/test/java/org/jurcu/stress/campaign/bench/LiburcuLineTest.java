package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.stress.campaign.model.BenchmarkResult;

class LiburcuLineTest {
    private static BenchmarkResult result(String line) {
        return LiburcuLine.parse(line).orElseThrow().result("memb");
    }

    @Test
    void aLineIsAFigureOfItsFlavour() {
        BenchmarkResult result = result("readSection 1 1.0000 5.0000 3.0000");
        assertEquals("liburcu-memb", result.group());
        assertEquals("readSection", result.name());
        assertEquals("ns/op", result.unit());
        assertEquals(3, result.iterations());
        assertEquals(3.0, result.median());
        assertEquals(3.0, result.score());
        assertEquals(3.29 * 2 / Math.sqrt(3), result.error(), 1e-9);
        assertTrue(result.countsAsPeer());
    }

    @Test
    void twoThreadsAreAGroupOfTheirOwn() {
        BenchmarkResult result = result("readSection 2 1.5 2.5");
        assertEquals("liburcu-memb-2", result.group());
        assertEquals(2, result.threads());
        assertEquals(2.0, result.median());
        assertNull(result.error());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scenarios 16",
                "",
                "readSection 1",
                "readSection 0 1.0",
                "readSection 1 1.0 x",
                "readSection 1 inf",
                "liburcu: the count fell to 0 although one reference is held"
            })
    void anythingElseIsNone(String line) {
        assertTrue(LiburcuLine.parse(line).isEmpty());
    }
}
