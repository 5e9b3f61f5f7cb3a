package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** The figures of the read side that differ in the number of threads only. */
public final class ReadSideByThreads {
    private ReadSideByThreads() {}

    /** Returns whether this was measured for that alone. */
    public static boolean isOne(BenchmarkResult result) {
        return result.group().equals(BenchPass.BY_THREADS);
    }

    /**
     * Returns them by strategy: those of {@code --threads}, or where it was not given those of the two classes that have one
     * thread and two, if both are there.
     */
    public static Map<String, List<BenchmarkResult>> byFence(List<BenchmarkResult> results) {
        List<BenchmarkResult> chosen =
                results.stream().filter(ReadSideByThreads::isOne).toList();
        if (chosen.isEmpty() && results.stream().anyMatch(r -> r.group().equals("ScalingThreadsBenchmark"))) {
            chosen = results.stream()
                    .filter(r ->
                            r.group().equals("ReadSideBenchmark") || r.group().equals("ScalingThreadsBenchmark"))
                    .toList();
        }
        Map<String, List<BenchmarkResult>> byFence = new LinkedHashMap<>();
        chosen.stream().filter(r -> r.unit().equals("ns/op")).forEach(r -> byFence.computeIfAbsent(
                        r.fenceOrUnknown(), f -> new ArrayList<>())
                .add(r));
        return byFence;
    }
}
