package org.jurcu.task.timeline;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.task.CountChange;
import org.jurcu.task.CountHistory;
import org.jurcu.task.replay.ReplayReport;

/**
 * The page's data, one task after the other. A task is an array: number, name, parent's place or -1, flags (1 a thread, 2 forked here,
 * 4 left as X), born, exit, last switch, released, last put, freed by the model, freed by the kernel, runs, changes, changes forgotten. Times are
 * nanoseconds since the recording's first event, -1 for never. A run is three numbers: nanoseconds since the end of the one before,
 * its length, and 16 times the CPU plus the place of its last state in {@link #STATES}. A change is eight: nanoseconds since the
 * one before, 0 for usage and 1 for rcu_users, before, after, CPU, current task, thread, place. Names are places in the list of texts.
 */
final class TimelineData {
    static final String STATES = "RSDTtIZXP?";

    private final RecordedTasks recorded;
    private final ModelTimes model;
    private final Strings strings = new Strings();
    private final JsonText json;

    TimelineData(RecordedTasks recorded, ModelTimes model, JsonText json) {
        this.recorded = recorded;
        this.model = model;
        this.json = json;
    }

    void write(ReplayReport report) throws IOException {
        json.raw("{\"trace\":").text(report.trace());
        json.raw(",\"layout\":").text(report.layout());
        json.raw(",\"order\":").text(report.order());
        json.raw(",\"passed\":").raw(Boolean.toString(report.passed()));
        json.raw(",\"cpus\":").number(recorded.cpus());
        json.raw(",\"first\":").number(recorded.first());
        json.raw(",\"span\":").number(recorded.last() - recorded.first());
        json.raw(",\"states\":").text(STATES);
        json.raw(",\"events\":").number(report.events());
        json.raw(",\"matched\":").number(report.matched());
        json.raw(",\"kernelFrees\":").number(report.kernelFrees());
        json.raw(",\"modelFrees\":").number(report.modelFrees());
        json.raw(",\"mismatches\":[");
        String comma = "";
        for (ReplayReport.Mismatch mismatch : report.mismatches()) {
            json.raw(comma + "[")
                    .number(mismatch.pid())
                    .raw(",")
                    .text(mismatch.what())
                    .raw("]");
            comma = ",";
        }
        json.raw("],\n\"tasks\":[");
        tasks();
        json.raw("],\n\"texts\":[");
        comma = "";
        for (String text : strings.all()) {
            json.raw(comma).text(text);
            comma = ",";
        }
        json.raw("]}");
    }

    private void tasks() throws IOException {
        Map<RecordedTask, Integer> places = new HashMap<>();
        String separator = "\n";
        for (RecordedTask task : recorded.all()) {
            json.raw(separator);
            task(task, task.parent == null ? -1 : places.get(task.parent));
            places.put(task, places.size());
            separator = ",\n";
        }
    }

    private void task(RecordedTask task, int parent) throws IOException {
        CountHistory.Lifetime life = model.of(task);
        ModelTimes.Moments moments = model.moments(life, task);
        int flags = (task.thread ? 1 : 0) | (task.forked ? 2 : 0) | (task.left == 'X' ? 4 : 0);
        json.raw("[").number(task.pid).raw(",").number(strings.number(task.comm));
        json.raw(",").number(parent).raw(",").number(flags);
        time(task.born);
        time(task.exit);
        time(task.lastSwitch);
        time(moments.released());
        time(moments.lastPut());
        time(moments.freed());
        time(task.freed);
        json.raw(",[");
        runs(task);
        json.raw("],[");
        if (life != null) {
            changes(life.changes());
        }
        json.raw("],").number(life == null ? 0 : life.forgotten()).raw("]");
    }

    private void time(long nanos) throws IOException {
        json.raw(",").number(nanos == RecordedTask.NEVER ? -1 : nanos - recorded.first());
    }

    private void runs(RecordedTask task) throws IOException {
        long before = recorded.first();
        for (int i = 0; i < task.runCount(); i++) {
            int state = STATES.indexOf(task.runState(i));
            json.raw(i == 0 ? "" : ",").number(task.runBegin(i) - before);
            json.raw(",").number(task.runEnd(i) - task.runBegin(i));
            json.raw(",").number(16L * task.runCpu(i) + (state < 0 ? STATES.length() - 1 : state));
            before = task.runEnd(i);
        }
    }

    private void changes(List<CountChange> changes) throws IOException {
        long before = recorded.first();
        String comma = "";
        for (CountChange change : changes) {
            long time = model.time(change);
            json.raw(comma).number(time - before);
            json.raw(",").number(change.count() == CountChange.Count.RCU_USERS ? 1 : 0);
            json.raw(",").number(change.before()).raw(",").number(change.after());
            json.raw(",").number(change.cpu()).raw(",").number(change.current());
            json.raw(",").number(strings.number(change.thread()));
            json.raw(",").number(strings.number(change.place()));
            before = time;
            comma = ",";
        }
    }
}
