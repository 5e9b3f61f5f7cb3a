package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Host;
import org.jurcu.stress.campaign.model.Jdk;
import org.jurcu.stress.campaign.model.Verdict;

class PublishedFiguresTest {
    private static final CampaignReport RUN = new CampaignReport(
            CampaignReport.FORMAT,
            Verdict.PASS,
            0,
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:05:05Z",
            false,
            "./campaign bench --fence membarrier,full --out '/a b/c' --time 30m",
            new Host("Linux", "6.18.44-some-build", "amd64", "Some CPU", 2, 1000, "performance"),
            new Jdk("25.0.3+9", "Some vendor", "Some VM"),
            Map.of(),
            null,
            0,
            List.of(),
            List.of(),
            Map.of());

    private static BenchmarkResult figure(
            String group, String name, Map<String, String> params, String fence, double median) {
        return new BenchmarkResult(group, name, params, fence, "avgt", "ns/op", 1, 1, 5, median, median, null, null);
    }

    private static BenchmarkResult figure(String group, String name, String fence, double median) {
        return figure(group, name, Map.of(), fence, median);
    }

    @Test
    void whatWasMeasuredStandsBesideWhatOneWouldTakeInItsPlace() {
        String table = PublishedFigures.markdown(
                RUN,
                List.of(
                        figure("ReadSideBenchmark", "rcuReader", "membarrier", 3),
                        figure("ReadSideBenchmark", "rcuReader", "full", 6),
                        figure("ReadSideBenchmark", "floorVolatileRead", "membarrier", 1.5),
                        figure("ReadSideBenchmark", "peerStampedLockRead", "membarrier", 25),
                        figure("ScalingThreadsBenchmark", "rcuReader", "membarrier", 3.5),
                        figure("ScalingThreadsBenchmark", "peerSharedCount", "membarrier", 70),
                        figure("liburcu-memb", "readSection", null, 0.75),
                        figure("liburcu-mb", "readSection", null, 60),
                        figure("SynchronizeBenchmark", "oneReader:synchronizes", "membarrier", 5800),
                        figure("CallBenchmark", "callToInvoke", Map.of("flavour", "srcu"), "membarrier", 99),
                        figure("CallBenchmark", "callToInvoke", Map.of("flavour", "rcu"), "membarrier", 20),
                        figure("CallBenchmark", "floorCallToInvoke", "membarrier", 12)));
        assertEquals("""
                | | Jurcu | beside | that | Jurcu : that |
                |---|--:|---|--:|--:|
                | `RcuReader` section | 3.00 ns | the look without protection | 1.50 ns | 2.0 |
                |  |  | liburcu `memb`, C, inlined | 0.750 ns | 4.0 |
                |  |  | `StampedLock`, read lock | 25.0 ns | 0.12 |
                | `RcuReader` section, two threads | 3.50 ns | a shared count, up and down | 70.0 ns | 0.050 |
                | `call` to `invoke`, many under way | 20.0 ns | a bare queue between two threads | 12.0 ns | 1.7 |

                Below 1, Jurcu is the faster one. Medians of one run on 2 processors (Some CPU, amd64), Linux 6.18, JDK 25.0.3+9, strategy `membarrier`, 2026-01-02: \
                `./campaign bench --fence membarrier,full --time 30m`
                """, table);
    }

    @Test
    void whereTheReadersFenceSoDoThoseOfLiburcu() {
        String table = PublishedFigures.markdown(
                RUN,
                List.of(
                        figure("ReadSideBenchmark", "rcuReader", "full", 6),
                        figure("liburcu-memb", "readSection", null, 0.75),
                        figure("liburcu-mb", "readSection", null, 60)));
        assertTrue(
                table.contains("| `RcuReader` section | 6.00 ns | liburcu `mb`, C, inlined | 60.0 ns | 0.10 |\n"),
                table);
        assertTrue(table.contains("strategy `full`"), table);
    }
}
