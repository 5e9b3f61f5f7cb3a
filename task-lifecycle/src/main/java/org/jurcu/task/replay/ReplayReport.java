package org.jurcu.task.replay;

import java.util.List;

/**
 * What a replay found, beside what the kernel did.
 *
 * @param trace the recording's name
 * @param layout how each task kept {@code rcu_users} and {@code rcu_head}
 * @param order how events of different CPUs were ordered: {@code trace} or {@code racy}
 * @param seed what decided who was held up where; 0 if nobody was
 * @param cpus CPUs of the recording, each a thread
 * @param readers reader threads beside them
 * @param events events replayed
 * @param skipped lines of events that the replay does not know
 * @param forks tasks created
 * @param exits tasks that began {@code do_exit}
 * @param kernelFrees {@code sched_process_free} events of the kernel
 * @param modelFrees tasks for which the model ran {@code delayed_put_task_struct}
 * @param matched lifetimes that both freed, once each
 * @param mismatches what differed
 * @param zombiesLeft tasks that nobody reaped
 * @param liveLeft tasks that had not exited
 * @param earlyFrees times that a reader held or met a task that was already freed
 * @param doubleFrees tasks freed more than once
 * @param leaks tasks whose references do not end where they must
 * @param warnings refcount warnings
 * @param waitResultsCompared results of wait calls that the recording lets us compare
 * @param waitResultsMatched those that the model decided alike
 * @param sigchldCompared exits of which the recording tells whether SIGCHLD was sent, and to whom
 * @param sigchldMatched those that the model decided alike
 * @param seconds how long the replay took
 * @param notes what a reader of the result must know, in sentences: inferences made, an early end, unknown tasks
 */
public record ReplayReport(
        String trace,
        String layout,
        String order,
        long seed,
        int cpus,
        int readers,
        long events,
        long skipped,
        long forks,
        long exits,
        long kernelFrees,
        long modelFrees,
        long matched,
        List<Mismatch> mismatches,
        long zombiesLeft,
        long liveLeft,
        long earlyFrees,
        long doubleFrees,
        long leaks,
        long warnings,
        long waitResultsCompared,
        long waitResultsMatched,
        long sigchldCompared,
        long sigchldMatched,
        double seconds,
        List<String> notes) {

    /**
     * A difference between the model and the recording.
     *
     * @param pid the task, as the recording numbers it
     * @param what one sentence
     * @param history the changes of its counts, if the replay was watched
     */
    public record Mismatch(int pid, String what, List<String> history) {
        /** Copies the list. */
        public Mismatch {
            history = history == null ? List.of() : List.copyOf(history); // reports that were written without one
        }

        /** Of a task that was not watched. */
        public Mismatch(int pid, String what) {
            this(pid, what, List.of());
        }
    }

    /** Copies the lists. */
    public ReplayReport {
        mismatches = List.copyOf(mismatches);
        notes = List.copyOf(notes);
    }

    /** Returns whether the model and the kernel agree in everything and the audit found nothing. */
    public boolean passed() {
        return mismatches.isEmpty()
                && matched == kernelFrees
                && matched == modelFrees
                && earlyFrees == 0
                && doubleFrees == 0
                && leaks == 0
                && warnings == 0
                && waitResultsCompared == waitResultsMatched
                && sigchldCompared == sigchldMatched;
    }
}
