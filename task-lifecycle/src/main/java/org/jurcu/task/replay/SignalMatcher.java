package org.jurcu.task.replay;

import java.util.List;
import org.jurcu.task.Kernel;

/** Compares the SIGCHLDs of ended children that the model sends with those that the kernel sent, by sender and target. */
final class SignalMatcher {
    private final Findings findings;

    SignalMatcher(Findings findings) {
        this.findings = findings;
    }

    /**
     * A SIGCHLD.
     *
     * @param target the group that is told, or null for one outside the recording
     * @param targetPid its number
     */
    record Sigchld(Actor.TaskGroup target, int targetPid) {
        /** Those outside have no groups in the recording, only numbers. */
        boolean isTo(Actor.TaskGroup group, int pid) {
            return target == group && (group != null || targetPid == pid);
        }

        /** The model's own: init stands for a reaper whom the recording does not know. */
        boolean isToInit() {
            return target == null && targetPid == Kernel.INIT_PID;
        }
    }

    void kernelSent(Actor sender, Sigchld signal) {
        List<Sigchld> models = sender.modelSignals;
        int match = find(models, signal.target, signal.targetPid);
        for (int i = 0; match < 0 && signal.target == null && i < models.size(); i++) {
            match = models.get(i).isToInit() ? i : match;
        }
        if (match < 0) {
            sender.kernelSignals.add(signal);
        } else {
            matched(models, match);
        }
    }

    void modelSent(Actor sender, Sigchld signal) {
        List<Sigchld> kernels = sender.kernelSignals;
        int match = find(kernels, signal.target, signal.targetPid);
        for (int i = 0; match < 0 && signal.isToInit() && i < kernels.size(); i++) {
            match = kernels.get(i).target == null ? i : match;
        }
        if (match < 0) {
            sender.modelSignals.add(signal);
        } else {
            matched(kernels, match);
        }
    }

    /** How many to that group, or to that number outside, the kernel has sent from {@code sender} and the model has not. */
    static int kernelSentTo(Actor sender, Actor.TaskGroup target, int pid) {
        List<Sigchld> sent = sender.kernelSignals;
        int n = 0;
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).isTo(target, pid)) {
                n++;
            }
        }
        return n;
    }

    /** The model sent none since the parent ignores SIGCHLD; that the kernel sent none either shows at the end. */
    void modelSuppressed(Actor sender) {
        if (!sender.inferred) {
            findings.sigchldCompared++;
            findings.sigchldMatched++;
        }
    }

    /** The index of the first, or -1. */
    private static int find(List<Sigchld> signals, Actor.TaskGroup target, int pid) {
        for (int i = 0; i < signals.size(); i++) {
            if (signals.get(i).isTo(target, pid)) {
                return i;
            }
        }
        return -1;
    }

    private void matched(List<Sigchld> others, int index) {
        others.remove(index);
        findings.sigchldCompared++;
        findings.sigchldMatched++;
    }

    /** The sender sends no more: what only one side sent is a difference, where it can be compared. */
    void settle(Actor sender) {
        for (Sigchld sent : sender.modelSignals) {
            if (sent.target != null && !sender.adopted) {
                differ(sender, "the model sends SIGCHLD to " + sent.targetPid + " from this task, the kernel did not");
            }
        }
        for (Sigchld seen : sender.kernelSignals) {
            if (!sender.adopted) {
                differ(sender, "the kernel sent SIGCHLD to " + seen.targetPid + " from this task, the model does not");
            }
        }
        sender.modelSignals.clear();
        sender.kernelSignals.clear();
    }

    private void differ(Actor sender, String what) {
        if (!sender.isUncertain()) {
            findings.sigchldCompared++;
        }
        findings.mismatch(sender, what);
    }
}
