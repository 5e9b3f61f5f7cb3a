package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jurcu.task.CountHistory;
import org.jurcu.task.TaskStruct;

/** What a replay finds: differences, comparisons, and what it had to assume. Safe for the CPU threads and readers. */
final class Findings {
    private static final int MISMATCHES_KEPT = 1000;

    /** What user space did that no event tells; see docs/replay.md. */
    enum Inference {
        SIGCHLD_ACTION("what a process does on SIGCHLD, inferred from its children's ends"),
        TRACER("tasks whose tracer attached by itself, inferred from their stops"),
        OUTSIDE_REAPER("tasks that a parent outside the recording reaped"),
        ADOPTED("tasks that were never forked in the recording"),
        STOP_REPORT("wait results that tell of a stop and not of an end, not compared"),
        INTERRUPTED_WAIT("wait calls that a signal ended, not compared"),
        UNCERTAIN("differences of tasks whose history begins before the recording, not counted"),
        UNKNOWN_FREE("frees of tasks that ended before the recording began, not compared"),
        UNCONFIRMED_FREE("tasks that lost their last user so late that their grace period may end after the recording,"
                + " not compared");

        final String what;

        Inference(String what) {
            this.what = what;
        }
    }

    /** A difference; the task is null where it is not known which. */
    private record Mismatch(int pid, String what, TaskStruct task, int generation, List<String> missing) {}

    private final CountHistory history;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final Map<Inference, LongAdder> inferences = new EnumMap<>(Inference.class);
    long waitResultsCompared;
    long waitResultsMatched;
    long sigchldCompared;
    long sigchldMatched;
    private long suppressed;

    /** {@code history} is null if nobody watches. */
    Findings(CountHistory history) {
        this.history = history;
    }

    /** A difference that is no actor's. */
    void mismatch(int pid, String what) {
        mismatch(pid, what, null, 0);
    }

    /** A difference of whoever lives in that slot. */
    void mismatch(int pid, String what, TaskStruct task) {
        mismatch(pid, what, task, task.generation());
    }

    void mismatch(int pid, String what, TaskStruct task, int generation) {
        mismatch(pid, what, task, generation, List.of());
    }

    private synchronized void mismatch(int pid, String what, TaskStruct task, int generation, List<String> missing) {
        if (mismatches.size() < MISMATCHES_KEPT) {
            mismatches.add(new Mismatch(pid, what, task, generation, missing));
        } else {
            suppressed++;
        }
    }

    /** A difference of {@code actor}: counted, unless what the recording does not tell may explain it. */
    void mismatch(Actor actor, String what) {
        if (actor.isUncertain()) {
            infer(Inference.UNCERTAIN);
        } else {
            proven(actor, what);
        }
    }

    /** A difference of {@code actor} that no gap in the recording explains. */
    void proven(Actor actor, String what) {
        proven(actor.life, what);
    }

    void proven(Lifetime life, String what) {
        proven(life, what, List.of());
    }

    /** A difference, and changes that the lifetime's history should have. */
    void proven(Lifetime life, String what, List<String> missing) {
        mismatch(life.pid, what, life.task(), life.generation(), missing);
    }

    /** Whether one of the lifetime's changes was made in that function; true if nobody watches or it may be forgotten. */
    boolean changedIn(Lifetime life, String place) {
        return history == null
                || history.forgotten(life.task(), life.generation()) > 0
                || history.of(life.task(), life.generation()).stream()
                        .anyMatch(change -> change.place().startsWith(place));
    }

    synchronized void infer(Inference inference) {
        inferences.computeIfAbsent(inference, first -> new LongAdder()).increment();
    }

    synchronized List<ReplayReport.Mismatch> mismatches() {
        List<ReplayReport.Mismatch> all = new ArrayList<>();
        for (Mismatch m : mismatches) {
            all.add(new ReplayReport.Mismatch(m.pid, m.what, historyOf(m)));
        }
        if (suppressed > 0) {
            all.add(new ReplayReport.Mismatch(0, "and " + suppressed + " more"));
        }
        return all;
    }

    private List<String> historyOf(Mismatch m) {
        if (history == null || m.task == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        history.of(m.task, m.generation).forEach(change -> lines.add(change.toString()));
        lines.addAll(m.missing);
        return lines;
    }

    synchronized List<String> notes() {
        List<String> notes = new ArrayList<>();
        inferences.forEach((inference, n) -> notes.add(inference.what + ": " + n));
        return notes;
    }
}
