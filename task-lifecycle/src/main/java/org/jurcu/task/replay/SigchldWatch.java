package org.jurcu.task.replay;

import org.jurcu.task.TaskStruct;

/** Hands the SIGCHLDs of the kernel that the player asks to the {@link SignalMatcher}. */
final class SigchldWatch {
    private final SignalMatcher signals;
    private Actors actors;

    SigchldWatch(SignalMatcher signals) {
        this.signals = signals;
    }

    void watch(Actors of) {
        actors = of;
    }

    void sigchld(TaskStruct current, TaskStruct parent, boolean sent) {
        Actor sender = actors.of(current);
        Actor told = actors.of(parent);
        if (sender == null) {
            return; // a parent outside the recording reaped it
        }
        if (!sent) {
            signals.modelSuppressed(sender);
        } else if (told == null || actors.isOutside(parent)) {
            signals.modelSent(sender, new SignalMatcher.Sigchld(null, parent.pid()));
        } else {
            signals.modelSent(sender, new SignalMatcher.Sigchld(told.group, told.pid));
        }
    }
}
