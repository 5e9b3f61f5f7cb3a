package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchmarkChoiceTest {
    private static final BenchmarkChoice ALL = BenchmarkChoice.parse(List.of(
            "Benchmarks: ",
            "org.x.ReadBenchmark.floorLoad",
            "org.x.ReadBenchmark.peerLock",
            "org.x.ReadBenchmark.toyLock",
            "org.x.SyncBenchmark.synchronize",
            "  param \"readers\" = {1, 100}",
            "  param \"busy\" = {true, false}",
            "org.x.ScalingBenchmark.synchronize"));

    @Test
    void countsEveryCombinationOfParameters() {
        assertEquals(5, ALL.benchmarks().size());
        assertEquals(8, ALL.runs());
    }

    private static BenchmarkChoice quick(String... lines) {
        return BenchmarkChoice.parse(List.of(lines)).quick();
    }

    @Test
    void theQuickChoiceIsWhatTheTargetsName() {
        BenchmarkChoice quick = quick(
                "org.x.ReadSideBenchmark.floorVolatileRead",
                "org.x.ReadSideBenchmark.rcuReader",
                "org.x.ReadSideBenchmark.rcuReaderNested",
                "org.x.ReadSideBenchmark.peerStampedLockRead",
                "org.x.SynchronizeBenchmark.oneReader",
                "org.x.RefcountBenchmark.rcurefGetPut",
                "org.x.OtherRefcountBenchmark.incDecAndTest",
                "org.x.ScalingThreadsBenchmark.rcuReader");
        assertEquals(
                Set.of(
                        "org.x.ReadSideBenchmark.floorVolatileRead",
                        "org.x.ReadSideBenchmark.rcuReader",
                        "org.x.SynchronizeBenchmark.oneReader",
                        "org.x.RefcountBenchmark.rcurefGetPut"),
                quick.benchmarks().keySet());
    }

    @Test
    void theQuickChoiceTakesTheParametersThatTheTargetsName() {
        BenchmarkChoice quick = quick(
                "org.x.PutTaskStructRcuUserBenchmark.getAndPut",
                "  param \"layout\" = {UNION, TAGGED}",
                "  param \"tasks\" = {1, 2}");
        assertEquals(1, quick.runs());
        assertEquals(
                List.of(
                        "-p",
                        "layout=TAGGED",
                        "-p",
                        "tasks=1",
                        "^(org\\.x\\.PutTaskStructRcuUserBenchmark\\.getAndPut)$"),
                quick.arguments());
    }

    @Test
    void peersAndToysCanBeLeftOut() {
        assertEquals(6, ALL.withoutPeersAndToys().runs());
        assertFalse(ALL.withoutPeersAndToys().benchmarks().containsKey("org.x.ReadBenchmark.peerLock"));
        assertFalse(ALL.withoutPeersAndToys().benchmarks().containsKey("org.x.ReadBenchmark.toyLock"));
    }

    @Test
    void aPatternIsFoundAnywhere() {
        assertEquals(1, ALL.matching(Pattern.compile("Sync")).benchmarks().size());
        assertTrue(ALL.matching(Pattern.compile("nothing")).benchmarks().isEmpty());
    }
}
