package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Kernel#zombiesToldOf} foretells to whom an end tells of zombies that change hands. */
class ZombiesToldOfTest extends KernelFixture {
    private final TaskStruct middle = fork(init);
    private final TaskStruct father = fork(middle);
    private final TaskStruct stranger = fork(init);

    private TaskStruct zombie(TaskStruct parent, TaskStruct tracer) {
        TaskStruct task = fork(parent);
        if (tracer != null) {
            kernel.ptrace().attach(tracer, task);
        }
        exit(task);
        return task;
    }

    /** The thread that is left. */
    private TaskStruct endBeforeThread(TaskStruct leader, TaskStruct tracer) {
        TaskStruct thread = thread(leader);
        if (tracer != null) {
            kernel.ptrace().attach(tracer, leader);
            kernel.ptrace().attach(tracer, thread);
        }
        exit(leader);
        return thread;
    }

    private String told(TaskStruct zombie, TaskStruct to) {
        return father.pid() + ":" + zombie.pid() + "->" + to.pid();
    }

    @Test
    void childrenAreToldOfToTheirReaper() {
        fork(father);
        zombie(father, stranger);
        endBeforeThread(fork(father), null);
        TaskStruct own = zombie(father, null);
        TaskStruct traced = zombie(father, father);
        kernel.exit().exitSignals(father);
        assertEquals(2, kernel.zombiesToldOf(father, init));
        assertEquals(0, kernel.zombiesToldOf(father, middle));
        sigchlds.clear();
        kernel.exit().exitNotify(father);
        assertEquals(List.of(told(own, init), told(traced, init), told(father, middle)), sigchlds);
    }

    @Test
    void traceesAreToldOfToTheirParents() {
        TaskStruct leader = fork(stranger);
        exit(endBeforeThread(leader, father)); // its release tells of the leader, after the father's own end
        kernel.ptrace().attach(father, fork(stranger));
        TaskStruct first = zombie(stranger, father);
        TaskStruct second = zombie(stranger, father);
        TaskStruct other = zombie(middle, father);
        TaskStruct withThread = fork(stranger);
        thread(withThread); // so that the release of the other tells of nobody
        exit(endBeforeThread(withThread, father));
        kernel.exit().exitSignals(father);
        assertEquals(3, kernel.zombiesToldOf(father, stranger));
        assertEquals(1, kernel.zombiesToldOf(father, middle));
        assertEquals(0, kernel.zombiesToldOf(father, init));
        sigchlds.clear();
        kernel.exit().exitNotify(father);
        assertEquals(
                List.of(
                        told(first, stranger),
                        told(second, stranger),
                        told(other, middle),
                        told(father, middle),
                        told(leader, stranger)),
                sigchlds);
    }

    @Test
    void whoIgnoresThemIsToldOfNone() {
        TaskStruct zombie = zombie(stranger, father);
        kernel.signals().setSigchldAction(stranger, SigchldAction.NO_CLD_WAIT);
        assertEquals(1, kernel.zombiesToldOf(father, stranger));
        kernel.signals().setSigchldAction(stranger, SigchldAction.IGNORE);
        kernel.exit().exitSignals(father);
        assertEquals(0, kernel.zombiesToldOf(father, stranger));
        sigchlds.clear();
        kernel.exit().exitNotify(father);
        assertEquals(List.of(told(zombie, stranger).replace("->", "-|"), told(father, middle)), sigchlds);
        assertEquals(TaskStruct.EXIT_DEAD, zombie.exitState());
    }

    @Test
    void aFatherWhoIgnoresHandsHisOwnTraceesToNobody() {
        kernel.signals().setSigchldAction(father, SigchldAction.NO_CLD_WAIT);
        TaskStruct traced = zombie(father, father);
        kernel.exit().exitSignals(father);
        assertEquals(0, kernel.zombiesToldOf(father, init));
        sigchlds.clear();
        kernel.exit().exitNotify(father);
        assertEquals(List.of(told(father, middle)), sigchlds);
        assertEquals(TaskStruct.EXIT_DEAD, traced.exitState());
    }

    @Test
    void leadersWhoseLastThreadsItTracedAreToldOfToTheirHeirs() {
        TaskStruct own = fork(father);
        exit(endBeforeThread(own, father));
        TaskStruct other = fork(stranger);
        TaskStruct thread = thread(other);
        kernel.ptrace().attach(middle, other);
        kernel.ptrace().attach(father, thread);
        exit(other);
        exit(thread);
        kernel.exit().exitSignals(father);
        assertEquals(1, kernel.zombiesToldOf(father, init));
        assertEquals(1, kernel.zombiesToldOf(father, middle));
        assertEquals(0, kernel.zombiesToldOf(father, stranger));
        sigchlds.clear();
        kernel.exit().exitNotify(father);
        assertEquals(List.of(told(father, middle), told(own, init), told(other, middle)), sigchlds);
    }
}
