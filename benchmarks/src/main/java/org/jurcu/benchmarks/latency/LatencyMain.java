package org.jurcu.benchmarks.latency;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Measures one scenario and prints its histogram, compressed as HdrHistogram does it and in Base64, behind the interval of
 * its timetable: {@code histogram 100000 HISTF...}. Without a name it lists all.
 */
public final class LatencyMain {
    /** Operations in a millisecond of the warm-up: a fraction of what most scenarios do, more than slow ones can. */
    private static final long WARM_PER_MILLI = 4;

    /** How many times as long a warm-up may take to have had so many. */
    private static final long LONG_WARMUP = 8;

    private LatencyMain() {}

    /** Takes a name, and the milliseconds of the warm-up and of the measurement. */
    public static void main(String[] args) throws InterruptedException {
        int status = run(args, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
        List<ScenarioName> all = ScenarioName.all(Runtime.getRuntime().availableProcessors());
        if (args.length == 0) {
            all.forEach(out::println);
            return 0;
        }
        if (args.length != 3 || !args[1].matches("\\d{1,6}") || !args[2].matches("[1-9]\\d{0,6}")) {
            err.println(
                    "give a name, and the milliseconds of the warm-up and of the measurement; nothing lists the names");
            return 2;
        }
        Optional<ScenarioName> name =
                all.stream().filter(s -> s.toString().equals(args[0])).findFirst();
        if (name.isEmpty()) {
            err.println("there is no scenario '" + args[0] + "'; give no name, and all are listed");
            return 2;
        }
        measure(name.get(), Long.parseLong(args[1]), Long.parseLong(args[2]), out);
        return 0;
    }

    private static void measure(ScenarioName name, long warmupMillis, long millis, PrintStream out)
            throws InterruptedException {
        Latencies latencies = new Latencies(System::nanoTime);
        Timetable timetable = new Timetable(System::nanoTime, name.interval());
        Scenario scenario;
        try {
            scenario = name.opening().open(latencies);
        } catch (UnsupportedOperationException e) {
            out.println("skipped " + e.getMessage());
            return;
        }
        try {
            long warmup = TimeUnit.MILLISECONDS.toNanos(warmupMillis);
            timetable.rush(scenario, warmup, warmupMillis * WARM_PER_MILLI, warmup * LONG_WARMUP);
            scenario.settle();
            latencies.clear();
            long late = timetable.run(scenario, TimeUnit.MILLISECONDS.toNanos(millis));
            scenario.settle();
            if (late > TimeUnit.MILLISECONDS.toNanos(millis) / 2) {
                out.println("late"); // and later with each operation: percentiles of how long it was measured
            }
            out.println("histogram " + name.interval() + " " + encoded(latencies.all()));
        } finally {
            scenario.end();
        }
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
