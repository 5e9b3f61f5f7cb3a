package org.jurcu.task.replay;

import org.jurcu.task.Kernel;
import org.jurcu.task.SigchldAction;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Wait;
import org.jurcu.task.trace.TraceEvent;

/**
 * What a replay changes in a kernel. Here each change is made at once, on the kernel that is audited and that the player
 * asks; {@link PlannedMoves} makes a plan of them beside.
 */
class Moves {
    final Kernel kernel;
    private final Lifetimes lifetimes;
    private boolean anyTraced;

    Moves(Kernel kernel, Lifetimes lifetimes) {
        this.kernel = kernel;
        this.lifetimes = lifetimes;
    }

    /** Everything up to the next call is for this event. */
    void playing(TraceEvent event) {}

    /** {@code actor}, or somebody in its name, has just been made by {@code parent}, or adopted if that is null. */
    void born(Actor actor, Actor parent, long cloneFlags, Actor formerOwner) {
        lifetimes.add(actor.life);
        actor.life.begin(actor.task);
        lifetimes.begun(actor.life);
    }

    void beginNewExec(Actor actor) {
        kernel.exec().beginNewExec(actor.task);
    }

    /** The caller swaps the numbers of the two actors. */
    void deThread(Actor thread, Actor leader) {
        kernel.exec().deThread(thread.task);
    }

    void exitSignals(Actor actor) {
        kernel.exit().exitSignals(actor.task);
        actor.life.exitBegun = true;
    }

    boolean zapPidNsProcesses(Actor actor) {
        return kernel.exit().zapPidNsProcesses(actor.task);
    }

    void exitNotify(Actor actor) {
        actor.life.notified = true;
        kernel.exit().exitNotify(actor.task);
    }

    void setSigchldAction(TaskStruct parent, SigchldAction action) {
        kernel.signals().setSigchldAction(parent, action);
    }

    /** Whether {@code parent} has it now. */
    boolean reap(TaskStruct parent, Actor zombie, Wait.WaitOpts opts) {
        return kernel.waits().waitTaskZombie(parent, zombie.task, opts);
    }

    /** The call found, in the kernel and in the model, that there is no child to wait for. */
    void foundNoChild(WaitCall call) {}

    void unsharePidNs(Actor actor) {
        kernel.fork().unsharePidNs(actor.task);
    }

    void setChildSubreaper(Actor actor, boolean on) {
        kernel.signals().setChildSubreaper(actor.task, on);
    }

    void traceme(Actor actor) {
        kernel.ptrace().traceme(actor.task);
    }

    boolean attach(Actor tracer, Actor tracee) {
        anyTraced = true;
        tracer.group.hasTracees = true;
        return kernel.ptrace().attach(tracer.task, tracee.task);
    }

    void detach(Actor tracer, Actor tracee) {
        kernel.ptrace().detach(tracer.task, tracee.task);
    }

    /** {@code next} is null for the idle task; {@code prev} is the actor that ran there, or null. */
    void contextSwitch(int cpu, Actor prev, Actor next, boolean prevDead) {
        if (prevDead) {
            prev.life.switchedOut = true;
        }
        kernel.scheduler().contextSwitch(cpu, next == null ? kernel.idle() : next.task, prevDead);
    }

    /** False only of one whose group never had a child or a tracee. Without a lock, for each SIGCHLD asks. */
    boolean mayHaveKin(Actor actor) {
        return true; // whoever took orphans in, the kernel alone knows
    }

    /** Whether anybody ever traced another than by its {@link #traceme}: that tracer is the parent. */
    final boolean anyTraced() {
        return anyTraced;
    }

    /** The kernel freed it. */
    final void freed(Actor actor, long nanos) {
        actor.life.kernelFreedNanos = nanos;
        actor.life.kernelFreed = true;
        lifetimes.freedByKernel(actor.life);
    }
}
