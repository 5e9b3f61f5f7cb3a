/**
 * Load for the model: recordings that no kernel made but could have, and the soak, which needs no recording.
 *
 * <p>{@link org.jurcu.task.load.LoadGenerator} simulates a machine that runs a seeded workload and writes what ftrace would
 * have recorded. It shares no code with {@code org.jurcu.task}, so that a replay of what it writes compares two
 * implementations of the same rules. docs/soak.md says what is generated.
 */
package org.jurcu.task.load;
