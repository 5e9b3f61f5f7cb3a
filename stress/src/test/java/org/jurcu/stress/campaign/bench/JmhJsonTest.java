package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.BenchmarkResult;

class JmhJsonTest {
    @TempDir
    Path dir;

    private List<BenchmarkResult> read(String json) throws IOException {
        return JmhJson.read(Files.writeString(dir.resolve("jmh.json"), json));
    }

    @Test
    void readsAResultWithItsAllocation() throws IOException {
        BenchmarkResult r = read("""
                [{"benchmark": "org.x.ReadBenchmark.rcu", "mode": "avgt", "threads": 1, "forks": 2,
                  "measurementIterations": 5, "params": {"readers": "4"},
                  "jvmArgs": ["-Djurcu.fence=auto", "-Xmx1g", "-Djurcu.fence=full", "-Djurcu.fences=x"],
                  "primaryMetric": {"score": 1.5, "scoreError": 0.25, "scoreUnit": "ns/op",
                    "scorePercentiles": {"0.0": 1.0, "50.0": 1.4, "100.0": 2.0}},
                  "secondaryMetrics": {
                    "gc.alloc.rate": {"score": 0.1, "scoreUnit": "MB/sec"},
                    "gc.alloc.rate.norm": {"score": 24.0, "scoreUnit": "B/op"},
                    "gc.count": {"score": 0.0, "scoreUnit": "counts"}}}]
                """).get(0);
        assertEquals(
                new BenchmarkResult(
                        "ReadBenchmark",
                        "rcu",
                        Map.of("readers", "4"),
                        "full",
                        "avgt",
                        "ns/op",
                        1,
                        2,
                        5,
                        1.4,
                        1.5,
                        0.25,
                        24.0),
                r);
    }

    @Test
    void aQuotedNaNIsNoError() throws IOException {
        BenchmarkResult r = read("""
                [{"benchmark": "org.x.ReadBenchmark.rcu", "mode": "avgt", "threads": 1, "forks": 1,
                  "measurementIterations": 1,
                  "primaryMetric": {"score": 1.5, "scoreError": "NaN", "scoreUnit": "ns/op",
                    "scorePercentiles": {"50.0": "NaN"}},
                  "secondaryMetrics": {}}]
                """).get(0);
        assertNull(r.error());
        assertNull(r.fence());
        assertNull(r.bytesPerOp());
        assertEquals(1.5, r.median());
    }

    @Test
    void rolesOfAGroupAreResultsOfTheirOwn() throws IOException {
        List<BenchmarkResult> results = read("""
                [{"benchmark": "org.x.Mixed.both", "mode": "avgt", "threads": 2, "forks": 1,
                  "measurementIterations": 3,
                  "primaryMetric": {"score": 9.0, "scoreError": 1.0, "scoreUnit": "ns/op", "scorePercentiles": {}},
                  "secondaryMetrics": {
                    "reader": {"score": 3.0, "scoreError": 1.0, "scoreUnit": "ns/op", "scorePercentiles": {"50.0": 2.5}},
                    "writer": {"score": 15.0, "scoreError": 1.0, "scoreUnit": "ns/op", "scorePercentiles": {"50.0": 14}},
                    "\u00b7gc.alloc.rate.norm": {"score": 8.0, "scoreUnit": "B/op"}}}]
                """);
        assertEquals(
                List.of("both:reader", "both:writer"),
                results.stream().map(BenchmarkResult::name).toList());
        assertEquals(2.5, results.get(0).median());
        assertEquals(8.0, results.get(1).bytesPerOp());
    }

    @Test
    void anythingElseIsRefused() {
        assertThrows(IOException.class, () -> read("{}"));
        assertThrows(IOException.class, () -> read("[{"));
    }
}
