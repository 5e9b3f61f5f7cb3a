package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.BenchmarkResult;

class PublishedFiguresTest {
    private static BenchmarkResult figure(String group, String name, String fence, double median) {
        return new BenchmarkResult(group, name, Map.of(), fence, "avgt", "ns/op", 1, 1, 5, median, median, null, null);
    }

    @Test
    void whatWasMeasuredStandsBesideItsFloor() {
        String table = PublishedFigures.markdown(List.of(
                figure("ReadSideBenchmark", "rcuReader", "membarrier", 3),
                figure("ReadSideBenchmark", "rcuReader", "full", 6),
                figure("ScalingThreadsBenchmark", "rcuReader", "membarrier", 3.5),
                figure("ReadSideBenchmark", "floorVolatileRead", "membarrier", 1.5),
                figure("liburcu-memb", "readSection", null, 0.75)));
        assertEquals("""
                | | strategy | one thread, ns | two threads, ns | times its floor | floor |
                |---|---|--:|--:|--:|---|
                | look through a pointer, unprotected | membarrier | 1.50 |  | 1.00 | a bare look |
                | `RcuReader` section | membarrier | 3.00 | 3.50 | 2.00 | a bare look |
                | `RcuReader` section | full | 6.00 |  |  | a bare look |
                | liburcu `memb` section, in C |  | 0.750 |  |  | a bare look in C |
                """, table);
    }
}
