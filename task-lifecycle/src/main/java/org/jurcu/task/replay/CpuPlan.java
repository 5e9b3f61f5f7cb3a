package org.jurcu.task.replay;

/**
 * The planner's side of {@link CpuSteps}: the steps that are not handed over yet. An object of its own, since whoever does
 * the steps writes to the other all the time, and the planner would wait for that cache line with every step.
 */
final class CpuPlan {
    private static final int BATCH = 64;

    final CpuSteps steps;
    private Step[] batch = new Step[BATCH];
    private int size;
    private long planned;

    CpuPlan(CpuSteps steps) {
        this.steps = steps;
    }

    void plan(Step step) {
        planned++;
        batch[size++] = step;
        if (size == BATCH) {
            flush();
        }
    }

    /** Returns whether there was anything to hand over. */
    boolean flush() {
        if (size == 0) {
            return false;
        }
        steps.handOver(batch);
        batch = new Step[BATCH];
        size = 0;
        return true;
    }

    /** How many steps there are so far. */
    long planned() {
        return planned;
    }
}
