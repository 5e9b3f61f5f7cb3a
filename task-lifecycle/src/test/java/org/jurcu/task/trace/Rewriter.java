package org.jurcu.task.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a line of ftrace as the other programs print the same event. */
final class Rewriter {
    private static final Pattern LINE = Pattern.compile("(.{16})-(\\d+) +\\[(\\d+)\\] \\S+ +([\\d.]+): (.*)");
    private static final Pattern ENTER = Pattern.compile("sys_(\\w+)\\((.*)\\)");
    private static final Pattern LEAVE = Pattern.compile("sys_(\\w+) -> (.*)");
    private static final Pattern EVENT = Pattern.compile("(\\w+): (.*)");

    private Rewriter() {}

    static String traceCmd(String line) {
        Matcher m = matcher(LINE, line);
        String[] event = event(m.group(5));
        return "%16s-%-5s [%s] %s: %-21s %s"
                .formatted(m.group(1), m.group(2), m.group(3), m.group(4), event[1] + ":", event[2]);
    }

    static String perf(String line) {
        Matcher m = matcher(LINE, line);
        String[] event = event(m.group(5));
        return "%16s %5s [%s] %12s: %28s: %s"
                .formatted(m.group(1), m.group(2), m.group(3), m.group(4), event[0] + ":" + event[1], event[2]);
    }

    /** Group, name and fields. */
    private static String[] event(String body) {
        Matcher enter = ENTER.matcher(body);
        if (enter.matches()) {
            String fields = enter.group(2).replaceAll(": 0?x?(\\p{XDigit}{1,8})(?=,|$)", ": 0x0000000$1");
            return new String[] {"syscalls", "sys_enter_" + enter.group(1), fields};
        }
        Matcher leave = LEAVE.matcher(body);
        if (leave.matches()) {
            return new String[] {"syscalls", "sys_exit_" + leave.group(1), leave.group(2)};
        }
        Matcher event = matcher(EVENT, body);
        String name = event.group(1);
        String group = name.startsWith("task_") ? "task" : name.startsWith("signal_") ? "signal" : "sched";
        return new String[] {group, name, event.group(2)};
    }

    private static Matcher matcher(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError(text);
        }
        return matcher;
    }
}
