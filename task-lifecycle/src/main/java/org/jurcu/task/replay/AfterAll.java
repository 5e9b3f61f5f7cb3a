package org.jurcu.task.replay;

/** Due when every CPU has done what had been planned for it at one moment. */
final class AfterAll implements Ticket {
    private final CpuSteps[] cpus;
    private final long[] planned;

    /** By the planner. */
    AfterAll(CpuPlan[] plans) {
        cpus = new CpuSteps[plans.length];
        planned = new long[plans.length];
        for (int i = 0; i < plans.length; i++) {
            cpus[i] = plans[i].steps;
            planned[i] = plans[i].planned();
        }
    }

    @Override
    public boolean isDue() {
        for (int i = 0; i < cpus.length; i++) {
            if (cpus[i].done() < planned[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void done() {}
}
