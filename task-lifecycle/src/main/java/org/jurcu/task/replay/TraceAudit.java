package org.jurcu.task.replay;

import org.jurcu.task.TaskStruct;

/** The audit of order {@code trace}, which also compares each SIGCHLD with the kernel's. */
final class TraceAudit extends Audit {
    private final SigchldWatch watch;

    TraceAudit(Findings findings, Lifetimes lifetimes, SigchldWatch watch) {
        super(findings, lifetimes, Perturbation.NONE);
        this.watch = watch;
    }

    @Override
    public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
        watch.sigchld(current, parent, sent);
    }
}
