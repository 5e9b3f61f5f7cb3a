package org.jurcu.task.trace;

import java.util.Arrays;

/**
 * Holds that no CPU's time runs backwards. The kernel's ring buffer, one a CPU, never stores a time stamp older than the
 * one before, not even from a nested interrupt; equal ones occur, as text is rounded to microseconds. Between CPUs
 * nothing is demanded: {@code trace} merges them by time, but {@code trace_pipe} prints what it finds.
 */
final class CpuClocks {
    private static final int FIRST_CPUS = 64;

    private long[] latest = new long[FIRST_CPUS];

    void check(Line line, int cpu, long nanos) throws TraceFormatException {
        if (cpu >= latest.length) {
            latest = Arrays.copyOf(latest, Integer.highestOneBit(cpu) << 1);
        }
        if (nanos < latest[cpu]) {
            throw line.fail("time goes backwards on CPU " + cpu + ": expected " + seconds(latest[cpu])
                    + " or later but found " + seconds(nanos));
        }
        latest[cpu] = nanos;
    }

    private static String seconds(long nanos) {
        String fraction = Long.toString(1_000_000_000 + nanos % 1_000_000_000).substring(1);
        return nanos / 1_000_000_000 + "." + (fraction.endsWith("000") ? fraction.substring(0, 6) : fraction);
    }
}
