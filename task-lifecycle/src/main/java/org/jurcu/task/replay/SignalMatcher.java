package org.jurcu.task.replay;

import java.util.Iterator;

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
        sender.kernelSignals.add(signal);
        match(sender);
    }

    void modelSent(Actor sender, Sigchld signal) {
        sender.modelSignals.add(signal);
        match(sender);
    }

    /** The model sent none since the parent ignores SIGCHLD; that the kernel sent none either shows at the end. */
    void modelSuppressed(Actor sender) {
        if (!sender.inferred) {
            findings.sigchldCompared++;
            findings.sigchldMatched++;
        }
    }

    private void match(Actor sender) {
        for (Iterator<Sigchld> it = sender.modelSignals.iterator(); it.hasNext(); ) {
            Sigchld sent = it.next();
            Sigchld seen = find(sender, sent.target);
            if (seen != null) {
                sender.kernelSignals.remove(seen);
                it.remove();
                findings.sigchldCompared++;
                findings.sigchldMatched++;
            }
        }
    }

    private static Sigchld find(Actor sender, Actor.TaskGroup target) {
        for (Sigchld seen : sender.kernelSignals) {
            if (seen.target == target) {
                return seen;
            }
        }
        return null;
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
