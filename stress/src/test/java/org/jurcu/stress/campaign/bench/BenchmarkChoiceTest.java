package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
            "  param \"busy\" = {true, false}",
            "org.x.ScalingBenchmark.synchronize"));

    @Test
    void countsEveryCombinationOfParameters() {
        assertEquals(4, ALL.benchmarks().size());
        assertEquals(7, ALL.runs());
    }

    @Test
    void theQuickChoiceHasNoPeersNoGrowthAndOneValueOfEachParameter() {
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
    void peersCanBeLeftOut() {
        assertEquals(6, ALL.withoutPeers().runs());
        assertFalse(ALL.withoutPeers().benchmarks().containsKey("org.x.ReadBenchmark.peerLock"));
    }

    @Test
    void aPatternIsFoundAnywhere() {
        assertEquals(1, ALL.matching(Pattern.compile("Sync")).benchmarks().size());
        assertTrue(ALL.matching(Pattern.compile("nothing")).benchmarks().isEmpty());
    }
}
