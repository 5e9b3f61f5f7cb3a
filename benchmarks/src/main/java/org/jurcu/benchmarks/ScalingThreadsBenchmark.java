package org.jurcu.benchmarks;

import org.openjdk.jmh.annotations.Threads;

/**
 * {@link ReadSideBenchmark} with two threads at once. The schemes that write a shared word pay for moving its cache line to
 * and fro; a reader of RCU writes its own line only, and should take as long as alone. So should the floors: where they
 * do not, the two processors share a core.
 */
@Threads(2)
public class ScalingThreadsBenchmark extends ReadSideBenchmark {}
