package org.jurcu.task.load;

import java.util.Map;

/**
 * What was written.
 *
 * @param events how many
 * @param tasks how many forks; as many exits and frees
 * @param jobs how many of each path
 * @param nanos how long the simulated machine ran
 */
public record GeneratedLoad(long events, long tasks, Map<LifePath, Long> jobs, long nanos) {
    /** Copies the map. */
    public GeneratedLoad {
        jobs = Map.copyOf(jobs);
    }
}
