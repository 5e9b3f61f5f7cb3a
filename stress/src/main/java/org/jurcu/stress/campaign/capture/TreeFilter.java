package org.jurcu.stress.campaign.capture;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the lines that tell of one task and its descendants. Tasks outside appear where a line of theirs tells of one inside;
 * their names become {@code other}, which nobody has to be asked about.
 *
 * <p>The kernel could follow a tree by itself ({@code set_event_pid} with the option {@code event-fork}), but it goes by who runs:
 * {@code sched_process_free} happens in whatever task was interrupted, and would be missing.
 */
final class TreeFilter {
    private static final Pattern LINE =
            Pattern.compile("(?s)(.{16,}?)-(\\d+) +\\[(\\d+)\\] (\\S+) +(\\d+\\.\\d+): (\\w+)(.*)");
    private static final Pattern SWITCH = Pattern.compile(
            "(?s): prev_comm=(.*?) prev_pid=(\\d+) (prev_prio=.*) ==> next_comm=(.*) next_pid=(\\d+)( next_prio=.*)");
    private static final Pattern SIGNAL = Pattern.compile("(?s)(:.*?) comm=(.*) pid=(\\d+)( grp=.*)");
    private static final Pattern FORK = Pattern.compile("(?s).*? pid=(\\d+) child_comm=.* child_pid=(\\d+).*");
    private static final Pattern NEW_TASK = Pattern.compile("(?s): pid=(\\d+) .*");
    private static final Pattern LAST_PID = Pattern.compile("(?s).* pid=(\\d+).*?");

    private final int root;
    private final Set<Integer> tree = new HashSet<>();
    private long kept;
    private long tasks;
    private long exits;
    private long frees;

    TreeFilter(int root) {
        this.root = root;
        tree.add(root);
    }

    /** Returns the line as it is to be written, or null if it tells of nobody in the tree. */
    String filter(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return null;
        }
        int pid = Integer.parseInt(m.group(2));
        String fields = fields(pid, m.group(6), m.group(7));
        if (fields == null) {
            return null;
        }
        kept++;
        return "%16s-%-7d [%s] %s %s: %s%s"
                .formatted(name(m.group(1).strip(), pid), pid, m.group(3), m.group(4), m.group(5), m.group(6), fields);
    }

    private String fields(int current, String event, String fields) {
        return switch (event) {
            case "sched_switch" -> switching(fields);
            case "signal_generate" -> signal(current, fields);
            case "sched_process_fork" -> fork(fields);
            case "task_newtask" -> newTask(current, fields);
            case "sched_process_exec", "sched_process_exit", "sched_process_free" -> ofTask(event, fields);
            default -> tree.contains(current) ? fields : null;
        };
    }

    private String name(String comm, int pid) {
        return tree.contains(pid) ? comm : pid == 0 ? "<idle>" : "other";
    }

    private String switching(String fields) {
        Matcher m = SWITCH.matcher(fields);
        if (!m.matches()) {
            return null;
        }
        int prev = Integer.parseInt(m.group(2));
        int next = Integer.parseInt(m.group(5));
        return !tree.contains(prev) && !tree.contains(next)
                ? null
                : ": prev_comm=" + name(m.group(1), prev) + " prev_pid=" + prev + " " + m.group(3) + " ==> next_comm="
                        + name(m.group(4), next) + " next_pid=" + next + m.group(6);
    }

    private String signal(int sender, String fields) {
        Matcher m = SIGNAL.matcher(fields);
        if (!m.matches()) {
            return null;
        }
        int target = Integer.parseInt(m.group(3));
        return !tree.contains(sender) && !tree.contains(target)
                ? null
                : m.group(1) + " comm=" + name(m.group(2), target) + " pid=" + target + m.group(4);
    }

    /** A number outside that is given out again belongs to somebody else. */
    private String fork(String fields) {
        Matcher m = FORK.matcher(fields);
        if (!m.matches()) {
            return null;
        }
        int child = Integer.parseInt(m.group(2));
        if (!tree.contains(Integer.parseInt(m.group(1))) && child != root) {
            tree.remove(child);
            return null;
        }
        tree.add(child);
        tasks++;
        return fields;
    }

    /** Comes just before its fork. */
    private String newTask(int parent, String fields) {
        Matcher m = NEW_TASK.matcher(fields);
        if (!m.matches()) {
            return null;
        }
        int child = Integer.parseInt(m.group(1));
        if (!tree.contains(parent) && child != root) {
            return null;
        }
        tree.add(child);
        return fields;
    }

    private String ofTask(String event, String fields) {
        Matcher m = LAST_PID.matcher(fields);
        if (!m.matches() || !tree.contains(Integer.parseInt(m.group(1)))) {
            return null;
        }
        if (event.equals("sched_process_exit")) {
            exits++;
        } else if (event.equals("sched_process_free")) {
            frees++;
        }
        return fields;
    }

    /** Returns what was kept so far, beside losses that the filter cannot know of. */
    CaptureSummary summary(long lost) {
        return new CaptureSummary(kept, tasks, exits, frees, lost);
    }
}
