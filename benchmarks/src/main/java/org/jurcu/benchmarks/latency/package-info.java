/**
 * How long single operations take, as percentiles. JMH's modes begin an operation when the one before has ended, so an
 * operation that hangs keeps the next ones from being begun, and they are missing among the slow ones: coordinated
 * omission. Here a clock says when each begins, and its latency counts from then on, whether it could be begun or not. The
 * values go into an HdrHistogram, which the campaign adds up over JVMs.
 *
 * <p>{@code java -cp benchmarks.jar org.jurcu.benchmarks.latency.LatencyMain} lists what there is.
 */
package org.jurcu.benchmarks.latency;
