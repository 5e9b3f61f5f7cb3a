package org.jurcu.task.load;

import java.util.function.Predicate;
import org.jurcu.task.load.Action.Outcome;
import org.jurcu.task.trace.Syscall;

/** The simulated wait calls: entry, scan and return are steps of their own, between which others run. */
final class Waits {
    static final int WNOHANG = 1;
    static final int WUNTRACED = 2;
    static final int WEXITED = 4;
    static final int WNOWAIT = 0x0100_0000;
    static final int ECHILD = 10;

    private static final int P_PID = 1;
    private static final long BUFFER = 0x7ffc_d0d5_bfe8L;

    private final Recorder recorder;
    private final Deaths deaths;
    private final Stops stops;

    Waits(Recorder recorder, Deaths deaths, Stops stops) {
        this.recorder = recorder;
        this.deaths = deaths;
        this.stops = stops;
    }

    /** Goes on with what a wait returned. */
    interface Then {
        void go(SimTask current, long result);
    }

    /** {@code wait4(-1, options)}. */
    Action any(int options, Then then) {
        return (current, cpu) -> {
            current.inSyscall = Syscall.WAIT4;
            recorder.enter(cpu, Syscall.WAIT4, 0xffff_ffffL, BUFFER, options, 0);
            recorder.waiting(cpu, current, 0);
            current.first((t, c) -> scan(t, c, child -> true, options, then));
            return Outcome.DONE;
        };
    }

    /** {@code wait4} for the children of one process group. */
    Action pgrp(SimPgrp pgrp, Then then) {
        return group(pgrp, false, then);
    }

    /** {@code wait4(0)}: for the children of the caller's own process group. */
    Action ownPgrp(Then then) {
        return (current, cpu) -> group(current.group.pgrp, true, then).run(current, cpu);
    }

    private Action group(SimPgrp pgrp, boolean own, Then then) {
        return (current, cpu) -> {
            current.inSyscall = Syscall.WAIT4;
            recorder.enter(cpu, Syscall.WAIT4, own ? 0 : 0xffff_ffffL & -pgrp.number(), BUFFER, 0, 0);
            recorder.waiting(cpu, current, pgrp.number());
            current.first((t, c) -> scan(t, c, child -> child.group.pgrp == pgrp, 0, then));
            return Outcome.DONE;
        };
    }

    /** {@code wait4} for one child. */
    Action one(SimTask child, int options, Then then) {
        return (current, cpu) -> {
            current.inSyscall = Syscall.WAIT4;
            recorder.enter(cpu, Syscall.WAIT4, child.numberIn(current.ns), BUFFER, options, 0);
            recorder.waiting(cpu, current, child.pid());
            current.first((t, c) -> scan(t, c, child::equals, options, then));
            return Outcome.DONE;
        };
    }

    /** {@code waitid} for one child that has exited. */
    Action id(SimTask child, int options, Then then) {
        return (current, cpu) -> {
            current.inSyscall = Syscall.WAITID;
            recorder.enter(cpu, Syscall.WAITID, P_PID, child.numberIn(current.ns), BUFFER, options | WEXITED);
            recorder.waiting(cpu, current, child.pid());
            current.first((t, c) -> scan(t, c, child::equals, options, then));
            return Outcome.DONE;
        };
    }

    /** {@code do_wait}'s scan, over the children and tracees of the group's threads in the kernel's order. */
    private Outcome scan(SimTask current, Cpu cpu, Predicate<SimTask> eligible, int options, Then then) {
        boolean hasChildren = false;
        int from = current.group.threads.indexOf(current);
        int n = current.group.threads.size();
        for (int i = 0; i < n; i++) {
            SimTask thread = current.group.threads.get((from + i) % n);
            for (SimTask child : thread.children) {
                if (!eligible.test(child)) {
                    continue;
                }
                if (child.isZombie() && child.group.isEmptyBut(child) && !child.isTracedByAnother()) {
                    long result = current.inSyscall == Syscall.WAITID ? 0 : child.numberIn(current.ns);
                    if ((options & WNOWAIT) == 0) {
                        child.exitState = SimTask.ExitState.DEAD;
                        deaths.release(cpu, current, child);
                    }
                    return leaveSoon(current, result, then);
                }
                if (!child.isTracedByAnother() && Stops.isReported(child, options)) {
                    return leaveAndAnswer(current, child, then);
                }
                hasChildren |= child.exitState != SimTask.ExitState.DEAD;
            }
            for (SimTask tracee : thread.tracees) {
                if (!tracee.isTracedByAnother() || !eligible.test(tracee)) {
                    continue; // it is a child too, and was seen
                }
                if (tracee.isZombie() && tracee.group.isEmptyBut(tracee)) {
                    long result = tracee.numberIn(current.ns);
                    deaths.reapTracee(cpu, current, tracee);
                    return leaveSoon(current, result, then);
                }
                if (Stops.isReported(tracee, options)) {
                    return leaveAndAnswer(current, tracee, then);
                }
                hasChildren = true;
            }
        }
        if (!hasChildren) {
            return leaveSoon(current, -ECHILD, then);
        }
        return (options & WNOHANG) != 0 ? leaveSoon(current, 0, then) : Outcome.SLEEP;
    }

    private Outcome leaveAndAnswer(SimTask current, SimTask stopped, Then then) {
        return leaveSoon(current, stopped.numberIn(current.ns), (t, result) -> {
            then.go(t, result);
            t.first(stops.answer(stopped));
        });
    }

    private Outcome leaveSoon(SimTask current, long result, Then then) {
        current.first(leave(result, then));
        return Outcome.DONE;
    }

    private Action leave(long result, Then then) {
        return (t, cpu) -> {
            recorder.leave(cpu, t.inSyscall, result);
            t.inSyscall = null;
            then.go(t, result);
            return Outcome.DONE;
        };
    }
}
