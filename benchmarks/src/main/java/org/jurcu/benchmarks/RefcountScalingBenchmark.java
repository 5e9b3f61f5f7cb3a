package org.jurcu.benchmarks;

import org.openjdk.jmh.annotations.Threads;

/**
 * {@link RefcountBenchmark} with two threads on one count. The word's cache line moves to and fro for all of them; what
 * compares and sets has attempts in vain on top, and {@code Rcuref} is there to save those.
 */
@Threads(2)
public class RefcountScalingBenchmark extends RefcountBenchmark {}
