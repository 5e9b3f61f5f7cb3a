package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Wait;

/** Decides the recording's wait calls by the model, and compares their results with the kernel's. */
final class WaitMatcher {
    private static final int EINTR = 4;
    private static final int ERESTARTSYS = 512;
    private static final int ERESTART_RESTARTBLOCK = 516;

    private final Kernel kernel;
    private final Moves moves;
    private final Actors actors;
    private final Findings findings;
    /** Runs {@code exit_notify} of a task whose end the result shows to be complete. */
    private final Consumer<Actor> completeExit;

    /** Runs {@code exit_notify} of a task that the result shows to have released itself. */
    private final Consumer<Actor> completeAutoreap;

    /** Reaps a zombie that reaped itself in the kernel. */
    private final Consumer<Actor> reapItself;

    /** Lets a parent outside the recording reap. */
    private final Consumer<Actor> reapFromOutside;

    private final PendingExits pending;
    private final List<WaitCall> active = new ArrayList<>();
    /** Zombies that the kernel has released; which wait took them, its return will tell. */
    private final List<Actor> released = new ArrayList<>();

    WaitMatcher(
            Kernel kernel,
            Moves moves,
            Actors actors,
            Findings findings,
            PendingExits pending,
            Consumer<Actor> completeExit,
            Consumer<Actor> completeAutoreap,
            Consumer<Actor> reapItself,
            Consumer<Actor> reapFromOutside) {
        this.kernel = kernel;
        this.moves = moves;
        this.actors = actors;
        this.findings = findings;
        this.pending = pending;
        this.completeExit = completeExit;
        this.completeAutoreap = completeAutoreap;
        this.reapItself = reapItself;
        this.reapFromOutside = reapFromOutside;
    }

    void begin(Actor caller, int upid, int options, boolean waitid) {
        caller.waitsRecorded = true;
        caller.active = true;
        abandon(caller);
        boolean byGroup = upid == 0 || upid < -1;
        Wait.WaitOpts opts = new Wait.WaitOpts(byGroup ? -1 : upid, waitid ? options : options | Wait.WEXITED);
        WaitCall call = new WaitCall(caller, opts, waitid, byGroup);
        caller.wait = call;
        caller.group.waits.add(call);
        active.add(call);
        observe(call);
    }

    /** Something changed that any scan could see. */
    void observe() {
        for (WaitCall call : active) {
            observe(call);
        }
    }

    /** Something changed that a scan of that group's children could see; null for one outside the recording. */
    void observe(Actor.TaskGroup parents) {
        if (parents != null) {
            observe(parents.waits);
        }
    }

    void observe(List<WaitCall> calls) {
        for (int i = 0; i < calls.size(); i++) {
            observe(calls.get(i));
        }
    }

    /** The calls of its parent's threads, and of its tracer's. */
    List<WaitCall> callsAbout(Actor child) {
        Actor told = actors.of(kernel.parentOf(child.task));
        List<WaitCall> calls = told == null ? List.of() : told.group.waits;
        if (!moves.anyTraced() || !kernel.ptrace().isTraced(child.task)) {
            return calls;
        }
        Actor natural = actors.of(kernel.nextParentOf(child.task));
        if (natural == null || natural.group.waits.isEmpty() || natural.group.waits == calls) {
            return calls;
        }
        List<WaitCall> both = new ArrayList<>(calls);
        both.addAll(natural.group.waits);
        return both;
    }

    private void observe(WaitCall call) {
        if (call.sleeping) {
            return;
        }
        Wait.Scan scan = kernel.waits().doWait(call.caller.task, call.opts);
        if (scan.zombie() != null) {
            call.mayReport(actors.of(scan.zombie()));
        } else if (scan.hasChildren()) {
            call.sawNoZombie = true;
        } else {
            call.sawNoChild = true;
        }
    }

    void switchedOut(Actor actor, boolean asleep) {
        WaitCall call = actor.wait;
        if (call != null && asleep && call.candidates.isEmpty()) {
            call.sleeping = true;
        }
    }

    void switchedIn(Actor actor) {
        WaitCall call = actor.wait;
        if (call != null && call.sleeping) {
            call.wake();
            observe(call);
        }
    }

    /** Whether a wait that has not returned yet may have reaped {@code zombie}. */
    boolean mayHaveReaped(Actor zombie) {
        for (WaitCall call : callsAbout(zombie)) {
            // Not even a sleeper is excluded: switches out of idle are not all recorded.
            if (wouldReap(call, zombie)) {
                return true;
            }
        }
        return false;
    }

    /** The kernel has released {@code zombie}, by a wait that has not returned or by itself. */
    void releasedInKernel(Actor zombie) {
        zombie.releasedInKernel = true;
        released.add(zombie);
    }

    /**
     * The grace period after the release has ended: no wait that sleeps took it. One that is awake may have, and have lost
     * its CPU before it could return; its return will tell.
     */
    void freedInKernel(Actor zombie) {
        if (!zombie.releasedInKernel) {
            return;
        }
        if (!released.contains(zombie) || zombie.isGone() || zombie.task.exitState() != TaskStruct.EXIT_ZOMBIE) {
            released.remove(zombie);
            return; // and the reclaimer may be freeing it now
        }
        for (WaitCall call : callsAbout(zombie)) {
            if (!call.sleeping && wouldReap(call, zombie)) {
                return;
            }
        }
        releasedItself(zombie);
    }

    private void releasedItself(Actor zombie) {
        if (released.remove(zombie) && !zombie.isGone()) {
            reapItself.accept(zombie);
        }
    }

    /** A wait has returned: what the kernel had released by then, and no other wait can have taken, reaped itself. */
    private void settleReleased() {
        if (released.isEmpty()) {
            return;
        }
        for (Actor zombie : List.copyOf(released)) {
            if (zombie.isGone() || zombie.task.exitState() != TaskStruct.EXIT_ZOMBIE) {
                released.remove(zombie);
            } else if (!mayHaveReaped(zombie)) {
                released.remove(zombie);
                reapItself.accept(zombie);
            }
        }
    }

    private boolean wouldReap(WaitCall call, Actor zombie) {
        int nr = kernel.waits().nrSeenBy(call.caller.task, zombie.task);
        if (nr == 0 || (call.opts.upid() > 0 && call.opts.upid() != nr)) {
            return false;
        }
        return kernel.waits().doWait(call.caller.task, only(call, nr)).zombie() == zombie.task;
    }

    private static Wait.WaitOpts only(WaitCall call, int nr) {
        return new Wait.WaitOpts(nr, call.opts.options());
    }

    /** The caller will not return from its wait. */
    void abandon(Actor caller) {
        if (caller.wait != null) {
            active.remove(caller.wait);
            caller.group.waits.remove(caller.wait);
            caller.wait = null;
        }
    }

    /** The call returned {@code result} in the kernel. */
    void end(Actor caller, long result) {
        WaitCall call = caller.wait;
        if (call == null) {
            return; // it began before the recording
        }
        call.sleeping = false;
        observe(call);
        decide(call, result);
        abandon(caller);
        settleReleased();
    }

    private void decide(WaitCall call, long result) {
        if (result == -EINTR || (result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK)) {
            findings.infer(Findings.Inference.INTERRUPTED_WAIT);
        } else if (!call.opts.has(Wait.WEXITED)) {
            findings.infer(Findings.Inference.STOP_REPORT);
        } else if (result == -Wait.ECHILD) {
            endWithoutChild(call);
        } else if (call.waitid && result == 0) {
            endWaitid(call);
        } else if (result == 0) {
            compare(call, call.sawNoZombie, "0 (none has ended)");
        } else if (result > 0) {
            endWithChild(call, (int) result);
        }
    }

    private void endWithoutChild(WaitCall call) {
        if (!call.sawNoChild) {
            for (Actor child : pending.copy()) {
                if (isChild(call, child)) {
                    completeAutoreap.accept(child);
                }
            }
            for (Actor zombie : List.copyOf(released)) {
                if (!zombie.isGone() && wouldReap(call, zombie)) {
                    releasedItself(zombie);
                }
            }
            takeForTracers(call, 0);
            reapThemselves(call);
            observe(call);
        }
        compare(call, call.sawNoChild, "-ECHILD (no child)");
        if (call.sawNoChild) {
            moves.foundNoChild(call);
        }
    }

    /** Zombies of the model that this wait would have found in the kernel, and that no other wait can have taken. */
    private void reapThemselves(WaitCall call) {
        for (; ; ) {
            TaskStruct zombie =
                    kernel.waits().doWait(call.caller.task, call.opts).zombie();
            Actor child = zombie == null ? null : actors.of(zombie);
            if (child == null || kernel.ptrace().isTraced(zombie) || mayBeReapedByAnother(call, child)) {
                return;
            }
            reapItself.accept(child);
            if (zombie.exitState() == TaskStruct.EXIT_ZOMBIE) {
                return;
            }
        }
    }

    private boolean mayBeReapedByAnother(WaitCall call, Actor zombie) {
        for (WaitCall other : callsAbout(zombie)) {
            if (other != call && wouldReap(other, zombie)) {
                return true;
            }
        }
        return false;
    }

    private void endWithChild(WaitCall call, int nr) {
        if (call.tookTracee == nr) {
            compare(call, true, "child " + nr);
            return;
        }
        Actor child = zombie(call, nr);
        boolean forced = false;
        if (child == null) {
            for (Actor ending : pending.copy()) {
                if (kernel.waits().nrSeenBy(call.caller.task, ending.task) == nr && isChild(call, ending)) {
                    completeExit.accept(ending);
                }
            }
            takeForTracers(call, nr);
            child = zombie(call, nr);
            forced = child != null;
        }
        if (child == null) {
            if (!endsUncertain(call, nr)) {
                endWithStop(call, nr);
            }
            return;
        }
        compare(call, forced || call.byGroup || call.candidates.contains(child), "child " + nr);
        reap(call, child);
    }

    /**
     * A zombie that another traces is none for its parent until the tracer has reaped it and so let it go. The parent's result
     * shows that this has been, in a wait of the tracer's that has not returned: it is done now, and that wait's return is
     * compared with it.
     *
     * @param nr the child, as the caller numbers it; 0 for all
     */
    private void takeForTracers(WaitCall call, int nr) {
        for (WaitCall other : moves.anyTraced() ? List.copyOf(active) : List.<WaitCall>of()) {
            boolean may = other.tookTracee == 0 && other.caller.group != call.caller.group;
            Actor taken = may ? takenTracee(other, call, nr) : null;
            if (taken != null) {
                other.tookTracee = kernel.waits().nrSeenBy(other.caller.task, taken.task);
                reap(other, taken); // by its own options: with WNOWAIT it only looks
            }
        }
    }

    /** Of those that {@code other} may have reaped, the first that is traced, and a child for {@code call}. */
    private Actor takenTracee(WaitCall other, WaitCall call, int nr) {
        for (Actor zombie : other.candidates) {
            if (!zombie.isGone()
                    && (nr == 0 || kernel.waits().nrSeenBy(call.caller.task, zombie.task) == nr)
                    && kernel.ptrace().isTraced(zombie.task)
                    && wouldReap(other, zombie)
                    && isChild(call, zombie)) {
                return zombie;
            }
        }
        return null;
    }

    /** The caller's older children are not known as such: one that has ended has been reaped by it all the same. */
    private boolean endsUncertain(WaitCall call, int nr) {
        if (!call.caller.isUncertain()) {
            return false;
        }
        Actor child = actors.get(nr);
        if (child != null && child.exitBegun) {
            reapFromOutside.accept(child);
        }
        if (child == null || child.exitBegun) {
            compare(call, false, "child " + nr);
            return true;
        }
        return false;
    }

    /** The child has not ended: it stopped, and if it is not the caller's child it is its tracee. */
    private void endWithStop(WaitCall call, int nr) {
        Actor stopped = actors.seenBy(call.caller.task, nr);
        if (stopped == null || stopped.exitBegun) {
            compare(call, false, "child " + nr);
            return;
        }
        if (!kernel.waits().isChild(call.caller.task, only(call, nr)) && moves.attach(call.caller, stopped)) {
            findings.infer(Findings.Inference.TRACER);
        }
        findings.infer(Findings.Inference.STOP_REPORT);
    }

    /** The result does not tell which child; the model's first is taken. */
    private void endWaitid(WaitCall call) {
        if (call.tookTracee != 0) {
            compare(call, true, "0 (a child has ended)");
            return;
        }
        // Another thread's wait has taken some since they were seen.
        call.candidates.removeIf(zombie -> zombie.isGone() || !wouldReap(call, zombie));
        if (call.candidates.isEmpty() && !call.opts.has(Wait.WNOHANG)) {
            for (Actor ending : pending.copy()) {
                if (isChild(call, ending)) {
                    completeExit.accept(ending);
                }
            }
            observe(call);
        }
        if (!call.opts.has(Wait.WNOHANG)) {
            compare(call, !call.candidates.isEmpty(), "0 (a child has ended)");
        }
        if (!call.candidates.isEmpty()) {
            reap(call, call.candidates.get(0));
        }
    }

    private Actor zombie(WaitCall call, int nr) {
        TaskStruct zombie =
                kernel.waits().doWait(call.caller.task, only(call, nr)).zombie();
        return zombie == null ? null : actors.of(zombie);
    }

    private boolean isChild(WaitCall call, Actor task) {
        int nr = kernel.waits().nrSeenBy(call.caller.task, task.task);
        return nr != 0
                && (call.opts.upid() <= 0 || call.opts.upid() == nr)
                && kernel.waits().isChild(call.caller.task, only(call, nr));
    }

    private void reap(WaitCall call, Actor child) {
        List<WaitCall> others = callsAbout(child);
        if (!moves.reap(call.caller.task, child, call.opts)) {
            findings.mismatch(
                    child, "the kernel's wait by " + call.caller.pid + " reaped it, in the model it is no zombie");
        }
        observe(call.caller.group);
        if (others != call.caller.group.waits) {
            observe(others);
        }
    }

    private void compare(WaitCall call, boolean same, String kernelResult) {
        if (same || !call.caller.isUncertain()) {
            findings.waitResultsCompared++;
        }
        if (same) {
            findings.waitResultsMatched++;
            return;
        }
        StringBuilder model = new StringBuilder();
        for (Actor candidate : call.candidates) {
            model.append(" or child ").append(candidate.pid);
        }
        model.append(call.sawNoZombie ? " or none has ended" : "").append(call.sawNoChild ? " or no child" : "");
        findings.mismatch(
                call.caller,
                "wait returned " + kernelResult + ", in the model"
                        + (model.isEmpty() ? " nothing" : model.substring(3)));
    }
}
