package org.jurcu.benchmarks.latency;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.benchmarks.RegisteredReaders;

/**
 * A scenario by its name, such as {@code synchronize/readers=1}.
 *
 * @param method what is done
 * @param parameter beside what, as {@code name=value}, or empty
 * @param interval between two operations, in nanoseconds
 * @param opening makes it
 */
record ScenarioName(String method, String parameter, long interval, Opening opening) {
    /** Far above what an operation takes, so that each usually begins when it is due; often enough for a 99.9th percentile. */
    private static final long INTERVAL = 100_000;

    /** A reader that has lost its processor inside a section is back after some milliseconds only. */
    private static final long INTERVAL_OF_A_CROWD = 10_000_000;

    /** Makes a scenario. */
    interface Opening {
        Scenario open(Latencies latencies) throws InterruptedException;
    }

    /** Returns all that a machine of so many processors has. */
    static List<ScenarioName> all(int processors) {
        List<ScenarioName> all = new ArrayList<>();
        all.add(new ScenarioName("floorClock", "", INTERVAL, latencies -> latencies::ended));
        all.add(new ScenarioName("floorUnpark", "", INTERVAL, Waking::new));
        all.add(synchronize(0));
        all.add(synchronize(1));
        if (processors > 2) {
            all.add(synchronize(processors - 1)); // beside the updater there is no room for more
        }
        all.add(new ScenarioName(
                "synchronizeCrowded",
                "readers=" + processors,
                INTERVAL_OF_A_CROWD,
                latencies -> new GracePeriods(latencies, false, processors, 0)));
        all.add(new ScenarioName(
                "synchronizeExpedited", "readers=1", INTERVAL, latencies -> new GracePeriods(latencies, true, 1, 0)));
        for (int registered : new int[] {1, 1_000, 10_000, 100_000}) {
            all.add(new ScenarioName("synchronize", "registered=" + registered, INTERVAL, latencies -> {
                String obstacle = RegisteredReaders.obstacle(registered);
                if (obstacle != null) {
                    throw new UnsupportedOperationException(obstacle);
                }
                return new GracePeriods(latencies, false, 0, registered);
            }));
        }
        for (String flavour : List.of("rcu", "qsbr", "srcu")) {
            all.add(new ScenarioName(
                    "callToInvoke", "flavour=" + flavour, INTERVAL, latencies -> new Callbacks(latencies, flavour, 0)));
        }
        all.add(new ScenarioName(
                "callToInvoke", "readers=1", INTERVAL, latencies -> new Callbacks(latencies, "rcu", 1)));
        return all;
    }

    private static ScenarioName synchronize(int readers) {
        return new ScenarioName(
                "synchronize",
                "readers=" + readers,
                INTERVAL,
                latencies -> new GracePeriods(latencies, false, readers, 0));
    }

    @Override
    public String toString() {
        return parameter.isEmpty() ? method : method + "/" + parameter;
    }
}
