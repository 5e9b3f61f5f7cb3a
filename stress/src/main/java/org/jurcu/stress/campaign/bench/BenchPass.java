package org.jurcu.stress.campaign.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/**
 * One run of JMH.
 *
 * @param fence the strategy, which is for a whole process
 * @param threads of every benchmark; zero for those that each asks for itself
 * @param choice of benchmarks
 */
record BenchPass(String fence, int threads, BenchmarkChoice choice) {
    /** The group of figures of the read side with so many threads. */
    static final String BY_THREADS = "ReadSideByThreads";

    /** Returns the name of its files. */
    String file() {
        return "jmh-" + fence + (threads == 0 ? "" : "-" + threads + "-threads");
    }

    /** Returns a result as it is reported: with the number of threads, where all have the same for comparison. */
    BenchmarkResult labelled(BenchmarkResult result) {
        if (threads == 0) {
            return result;
        }
        Map<String, String> params = new LinkedHashMap<>(result.params());
        params.put("threads", Integer.toString(threads));
        return result.moved(BY_THREADS, params);
    }
}
