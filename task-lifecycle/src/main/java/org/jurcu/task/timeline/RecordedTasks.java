package org.jurcu.task.timeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;
import org.jurcu.task.trace.TraceVisitor;

/** The lifetimes of a recording: who was born when, ran where, ended how and was freed when, by the kernel's own account. */
final class RecordedTasks extends TraceVisitor.Adapter {
    /** What outsiders of a recording that is cut to a tree are called. */
    private static final String OUTSIDE = "other";

    private final List<RecordedTask> all = new ArrayList<>();
    private final Map<Integer, RecordedTask> byPid = new HashMap<>();
    private final Map<Integer, RecordedTask> running = new HashMap<>();
    private long first = RecordedTask.NEVER;
    private long last;
    private int cpus;

    static RecordedTasks read(TraceReader trace) throws IOException {
        RecordedTasks tasks = new RecordedTasks();
        for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
            tasks.take(event);
        }
        tasks.cpus = Math.max(tasks.cpus, trace.declaredCpus());
        tasks.byPid.values().forEach(task -> task.switchedOut(tasks.last, 'R'));
        return tasks;
    }

    private void take(TraceEvent event) {
        first = first == RecordedTask.NEVER ? event.timeNanos() : Math.min(first, event.timeNanos());
        last = Math.max(last, event.timeNanos());
        cpus = Math.max(cpus, event.cpu() + 1);
        event.accept(this);
    }

    List<RecordedTask> all() {
        return all;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    int cpus() {
        return cpus;
    }

    @Override
    public void newTask(TraceEvent.NewTask event) {
        born(event, event.childPid(), event.childComm(), event.has(TraceEvent.NewTask.CLONE_THREAD));
    }

    @Override
    public void fork(TraceEvent.Fork event) {
        RecordedTask known = byPid.get(event.childPid());
        if (known == null || known.forkLine != 0 || !known.forked) { // a recording without task_newtask
            born(event, event.childPid(), event.childComm(), false);
        }
        byPid.get(event.childPid()).forkLine = event.line();
    }

    private void born(TraceEvent event, int pid, String comm, boolean thread) {
        RecordedTask parent = byPid.get(event.pid());
        add(new RecordedTask(pid, comm, parent, thread, true, event.timeNanos(), event.line()));
    }

    private void add(RecordedTask task) {
        all.add(task);
        byPid.put(task.pid, task);
    }

    /** The task of that number; one that was never forked here and is no outsider is drawn from where it is first named. */
    private RecordedTask task(TraceEvent event, int pid, String comm) {
        RecordedTask task = byPid.get(pid);
        if (task == null && pid != 0 && !comm.equals(OUTSIDE)) {
            task = new RecordedTask(pid, comm, null, false, false, event.timeNanos(), event.line());
            add(task);
        }
        return task;
    }

    @Override
    public void exec(TraceEvent.Exec event) {
        RecordedTask caller = byPid.get(event.oldPid());
        if (caller == null) {
            return;
        }
        if (event.oldPid() != event.taskPid()) { // de_thread: it takes the leader's number, the leader its
            RecordedTask leader = byPid.get(event.taskPid());
            byPid.put(event.taskPid(), caller);
            caller.pid = event.taskPid();
            byPid.remove(event.oldPid());
            if (leader != null) {
                leader.pid = event.oldPid();
                byPid.put(event.oldPid(), leader);
            }
        }
        int slash = event.filename().lastIndexOf('/');
        caller.comm = event.filename().substring(slash + 1);
    }

    @Override
    public void exit(TraceEvent.Exit event) {
        RecordedTask task = task(event, event.taskPid(), event.taskComm());
        if (task != null) {
            task.comm = event.taskComm();
            task.exit = event.timeNanos();
        }
    }

    @Override
    public void free(TraceEvent.Free event) {
        RecordedTask task = byPid.get(event.taskPid());
        if (task != null && task.freed == RecordedTask.NEVER) {
            task.freed = event.timeNanos();
        }
    }

    @Override
    public void switching(TraceEvent.Switch event) {
        long time = event.timeNanos();
        RecordedTask prev = running.remove(event.cpu());
        RecordedTask named = task(event, event.prevPid(), event.prevComm());
        if (named != null) {
            if (!named.runs()) { // out of idle, or from before the recording
                named.switchedIn(event.cpu(), Math.max(named.born, named == prev ? time : lastEnd(named)));
            }
            named.switchedOut(time, state(event));
            if (event.prevExited()) {
                named.lastSwitch = time;
                named.left = event.prevDead() ? 'X' : 'Z';
            }
        }
        if (prev != null && prev != named) {
            prev.switchedOut(time, 'R'); // a switch is missing
        }
        RecordedTask next = task(event, event.nextPid(), event.nextComm());
        if (next != null && next.lastSwitch == RecordedTask.NEVER) {
            next.switchedIn(event.cpu(), time);
            running.put(event.cpu(), next);
        }
    }

    private static long lastEnd(RecordedTask task) {
        return task.runCount() == 0 ? task.born : task.runEnd(task.runCount() - 1);
    }

    private static char state(TraceEvent.Switch event) {
        return event.prevDead() ? 'X' : event.prevState().charAt(0);
    }
}
