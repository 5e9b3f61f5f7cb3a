package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchmarkChoiceTest {
    private static final BenchmarkChoice ALL = BenchmarkChoice.parse(List.of(
            "Benchmarks: ",
            "org.x.ReadBenchmark.floorLoad",
            "org.x.ReadBenchmark.peerLock",
            "org.x.SyncBenchmark.synchronize",
            "  param \"readers\" = {1, 100}",
            "  param \"busy\" = {true, false}"));

    @Test
    void countsEveryCombinationOfParameters() {
        assertEquals(3, ALL.benchmarks().size());
        assertEquals(6, ALL.runs());
    }

    @Test
    void theQuickChoiceHasNoPeersAndOneValueOfEachParameter() {
        BenchmarkChoice quick = ALL.quick();
        assertEquals(2, quick.runs());
        assertEquals(
                List.of(
                        "-p",
                        "busy=true",
                        "-p",
                        "readers=1",
                        "^(org\\.x\\.ReadBenchmark\\.floorLoad|org\\.x\\.SyncBenchmark\\.synchronize)$"),
                quick.arguments());
    }

    @Test
    void aPatternIsFoundAnywhere() {
        assertEquals(1, ALL.matching(Pattern.compile("sync")).benchmarks().size());
        assertTrue(ALL.matching(Pattern.compile("nothing")).benchmarks().isEmpty());
    }
}
