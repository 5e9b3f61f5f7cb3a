package org.jurcu.task.replay;

import java.util.List;

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
    record Sigchld(Actor.TaskGroup target, int targetPid) {}

    void kernelSent(Actor sender, Sigchld signal) {
        if (!matches(sender.modelSignals, signal)) {
            sender.kernelSignals.add(signal);
        }
    }

    void modelSent(Actor sender, Sigchld signal) {
        if (!matches(sender.kernelSignals, signal)) {
            sender.modelSignals.add(signal);
        }
    }

    /** How many to that group the kernel has sent from {@code sender} and the model has not. */
    static int kernelSentTo(Actor sender, Actor.TaskGroup target) {
        List<Sigchld> sent = sender.kernelSignals;
        int n = 0;
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).target == target) {
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

    /** Takes the first to the same target out of the other side's. */
    private boolean matches(List<Sigchld> others, Sigchld signal) {
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).target == signal.target) {
                others.remove(i);
                findings.sigchldCompared++;
                findings.sigchldMatched++;
                return true;
            }
        }
        return false;
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
