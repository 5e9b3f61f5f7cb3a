package org.jurcu.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Callbacks from {@code call} to {@code invoke}: how long each takes when many are under way, and when it is the only one.
 *
 * <p>{@link #callToInvoke} is the steady state. Each measuring thread owns a fixed number of objects, which are their own
 * heads. One that was invoked goes back to its owner, who queues it again; an owner whose objects are all under way waits.
 * So the figure is the time of whole round trips, not of enqueueing into memory without end, and nothing is allocated: run
 * it with {@code -prof gc}.
 *
 * <p>{@link #oneCallToInvoke} is the way of a single callback, whose owner does nothing but wait for it: two threads, one
 * grace period, and usually a reclaimer that has gone to sleep.
 *
 * <p>The floors have the same objects and the same way back, with a bare JCTools queue and a thread that empties it in place
 * of the domain: what the hand-over between two threads costs when nobody waits for readers and nobody sleeps.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class CallBenchmark {
    /** Queues an object, waiting for one if all are under way. */
    @Benchmark
    public void callToInvoke(CallDomain calls, Pool pool, Control control) {
        Recycled object = pool.take(control);
        if (object != null) {
            calls.domain.call(object);
        }
    }

    /** Floor of {@link #callToInvoke}: the same round trip through a bare queue. */
    @Benchmark
    public void floorCallToInvoke(BareReclaimer reclaimer, Pool pool, Control control) {
        Recycled object = pool.take(control);
        if (object != null) {
            reclaimer.offer(object);
        }
    }

    /** Queues an object and waits until it was invoked. */
    @Benchmark
    public void oneCallToInvoke(CallDomain calls, SingleHead single) {
        calls.domain.call(single.head);
        single.await();
    }

    /** Floor of {@link #oneCallToInvoke}: the same through a bare queue. */
    @Benchmark
    public void floorOneCallToInvoke(BareReclaimer reclaimer, SingleHead single) {
        reclaimer.offer(single.head);
        single.await();
    }
}
