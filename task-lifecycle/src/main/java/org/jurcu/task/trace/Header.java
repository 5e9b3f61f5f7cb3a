package org.jurcu.task.trace;

/** What stands left of every event; filled by {@link DashHeader} or {@link PerfHeader}, the same object for every line. */
final class Header {
    int commStart;
    int commEnd;
    long pid;
    long cpu;
    long seconds;
    int nanos;

    /** Where the event's name begins. */
    int body;

    /** Trims the name and holds the numbers against the kernel's limits. */
    void check(Line line) throws TraceFormatException {
        if (pid > TraceLimits.MAX_PID) {
            throw line.fail("the task's pid is out of range: expected 0 to " + TraceLimits.MAX_PID + found(pid));
        }
        if (cpu > TraceLimits.MAX_CPU) {
            throw line.fail("the CPU is out of range: expected 0 to " + TraceLimits.MAX_CPU + found(cpu));
        }
        if (seconds > TraceLimits.MAX_SECONDS) {
            throw line.fail("the time stamp is out of range: expected at most " + TraceLimits.MAX_SECONDS + " seconds"
                    + found(seconds));
        }
        commStart = Ascii.behindSpaces(line.buf, commStart, commEnd);
    }

    private static String found(long number) {
        return " but found " + (number > Scan.HUGE ? "more than 18 digits" : number);
    }

    int cpu() {
        return (int) cpu;
    }

    long timeNanos() {
        return seconds * 1_000_000_000 + nanos;
    }

    TraceEvent.Context context(Line line, StringCache strings) {
        return new TraceEvent.Context(
                (int) cpu, (int) pid, strings.get(line.buf, commStart, commEnd), timeNanos(), line.number);
    }
}
