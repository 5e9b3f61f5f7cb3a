package org.jurcu.task.replay;

import org.jurcu.task.TaskStruct;

/** The audit of order {@code racy}: each step's SIGCHLDs go to the thread that does it, which knows what to expect. */
final class RacyAudit extends Audit {
    RacyAudit(Findings findings, Lifetimes lifetimes, Perturbation perturbation) {
        super(findings, lifetimes, perturbation);
    }

    @Override
    public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
        Lifetime whose = lifetimeOf(child);
        if (whose != null && Thread.currentThread() instanceof CpuThread thread) {
            Lifetime who = lifetimeOf(parent);
            thread.told(new Told(whose, who == null ? null : who.actor.group, sent));
        }
    }
}
