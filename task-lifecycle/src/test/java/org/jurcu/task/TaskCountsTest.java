package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The counts at every step of a task's end: rcu_users r, usage u. */
@ResourceLock("refcount warnings")
class TaskCountsTest extends KernelFixture {
    private static void assertCounts(TaskStruct task, int exitState, int r, int u) {
        assertEquals(exitState, task.exitState(), "exit_state");
        assertEquals(r, task.rcuUsers(), "rcu_users");
        assertEquals(u, task.usage(), "usage");
    }

    @Test
    void normalExitWithAWaitingParent() {
        TaskStruct child = fork(init);
        assertCounts(child, 0, 2, 1);
        exit(child);
        assertCounts(child, TaskStruct.EXIT_ZOMBIE, 2, 1);
        lastSwitch(child);
        assertCounts(child, TaskStruct.EXIT_ZOMBIE, 1, 1);
        int pid = child.pid();
        child.getTaskStruct(); // so that its memory can be looked at after the end
        assertEquals(pid, wait(init));
        assertEquals(TaskStruct.EXIT_DEAD, child.exitState());
        assertEquals(0, child.rcuUsers());
        kernel.rcu().barrier();
        assertEquals(List.of(pid), freed);
        assertCounts(child, TaskStruct.EXIT_DEAD, 0, 1);
        child.putTaskStruct();
        graceperiods();
        assertTrue(child.isPoisoned());
        assertEquals(List.of(), troubles);
    }

    /** Its users are put too often: its parent still has it, and so its memory serves nobody else. */
    @Test
    void whatWasNotReleasedIsLeakedRatherThanFreed() {
        TaskStruct child = fork(init);
        exit(child);
        lastSwitch(child);
        child.putTaskStructRcuUser(); // release_task's
        graceperiods();
        assertEquals(List.of("freed although it is linked to others"), troubles);
        assertFalse(child.isPoisoned());
        for (int i = 0; i < 200; i++) {
            assertNotSame(child, fork(init));
        }
    }

    /** Nobody has taken its child from it. */
    @Test
    void whatWasReleasedWithRelativesIsLeakedRatherThanFreed() {
        TaskStruct parent = fork(init);
        fork(parent);
        kernel.exit().exitSignals(parent);
        parent.storeExitState(TaskStruct.EXIT_DEAD); // exit_notify, but for the children
        kernel.exit().releaseTask(init, parent);
        lastSwitch(parent);
        graceperiods();
        assertEquals(List.of("released with children or tracees", "freed although it is linked to others"), troubles);
        assertFalse(parent.isPoisoned());
    }

    @Test
    void autoreapOfAnIgnoredChild() {
        kernel.signals().setSigchldAction(init, SigchldAction.IGNORE);
        TaskStruct child = fork(init);
        exit(child);
        assertCounts(child, TaskStruct.EXIT_DEAD, 1, 1);
        assertEquals(-Wait.ECHILD, wait(init), "nobody ever sees it");
        int pid = child.pid();
        lastSwitch(child);
        graceperiods();
        assertEquals(List.of(pid), freed);
        assertEquals(List.of(pid + ":" + pid + "-|1"), sigchlds);
    }

    @Test
    void noCldWaitSendsTheSignalAllTheSame() {
        kernel.signals().setSigchldAction(init, SigchldAction.NO_CLD_WAIT);
        TaskStruct child = fork(init);
        exit(child);
        assertCounts(child, TaskStruct.EXIT_DEAD, 1, 1);
        assertEquals(List.of(child.pid() + ":" + child.pid() + "->1"), sigchlds);
    }

    @Test
    void reapedWhileStillRunningOnACpu() {
        TaskStruct child = fork(init);
        int pid = child.pid();
        kernel.scheduler().contextSwitch(1, child, false);
        exit(child);
        assertEquals(pid, wait(init));
        assertCounts(child, TaskStruct.EXIT_DEAD, 1, 1);
        kernel.rcu().readLock();
        assertEquals(child, kernel.scheduler().curr(1), "rq->curr still leads to it");
        child.getTaskStruct();
        kernel.rcu().readUnlock();
        assertCounts(child, TaskStruct.EXIT_DEAD, 1, 2);
        kernel.scheduler().contextSwitch(1, kernel.idle(), true);
        assertEquals(0, child.rcuUsers());
        graceperiods();
        assertCounts(child, TaskStruct.EXIT_DEAD, 0, 1);
        assertFalse(child.isPoisoned());
        child.putTaskStruct();
        graceperiods();
        assertTrue(child.isPoisoned());
        assertEquals(List.of(), troubles);
    }

    @Test
    void aThreadReapsItselfAndItsLeaderWaitsForIt() {
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        int pid = leader.pid();
        die(leader);
        assertCounts(leader, TaskStruct.EXIT_ZOMBIE, 1, 1);
        assertEquals(List.of(), sigchlds, "a leader with threads is not told of");
        assertEquals(0, wait(init));
        exit(thread);
        assertCounts(thread, TaskStruct.EXIT_DEAD, 1, 1);
        assertEquals(List.of(thread.pid() + ":" + pid + "->1"), sigchlds, "the last thread tells of its leader");
        lastSwitch(thread);
        assertEquals(pid, wait(init));
        graceperiods();
        assertEquals(2, freed.size());
        assertEquals(List.of(), troubles);
    }

    @Test
    void anIgnoredLeaderGoesWithItsLastThread() {
        kernel.signals().setSigchldAction(init, SigchldAction.IGNORE);
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        die(leader);
        die(thread);
        graceperiods();
        assertEquals(2, freed.size());
        assertEquals(-Wait.ECHILD, wait(init));
    }

    @Test
    void deThreadReleasesTheLeaderAndTakesItsNumber() {
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        TaskStruct other = thread(leader);
        int tgid = leader.pid();
        int tid = thread.pid();
        assertThrows(IllegalStateException.class, () -> kernel.exec().beginNewExec(thread), "others are alive");
        die(other);
        assertThrows(IllegalStateException.class, () -> kernel.exec().beginNewExec(thread), "the leader is alive");
        die(leader);
        leader.getTaskStruct(); // so that it can be looked at after its release
        kernel.exec().beginNewExec(thread);
        assertCounts(thread, 0, 2, 1);
        assertEquals(tgid, thread.pid());
        assertEquals(tid, leader.pid());
        kernel.rcu().readLock();
        assertEquals(thread, kernel.pids().findTaskByPid(tgid));
        assertEquals(null, kernel.pids().findTaskByPid(tid));
        kernel.rcu().readUnlock();
        graceperiods();
        assertTrue(freed.contains(tid), "the old leader is freed under the thread's number");
        leader.putTaskStruct();
        die(thread);
        assertEquals(tgid, wait(init));
        graceperiods();
        assertEquals(3, freed.size());
        assertEquals(List.of(), troubles);
    }

    @Test
    void aForeignTracerReapsFirstAndThenTheParent() {
        TaskStruct tracer = fork(init);
        TaskStruct child = fork(init);
        int pid = child.pid();
        assertTrue(kernel.ptrace().attach(tracer, child));
        die(child);
        assertEquals(0, wait(init), "the natural parent waits for the tracer");
        assertEquals(pid, wait(tracer));
        assertCounts(child, TaskStruct.EXIT_ZOMBIE, 1, 1);
        assertEquals(List.of(pid + ":" + pid + "->" + tracer.pid(), tracer.pid() + ":" + pid + "->1"), sigchlds);
        assertEquals(pid, wait(init));
        graceperiods();
        assertEquals(List.of(pid), freed);
    }

    @Test
    void forkFailureGivesTheMemoryBackWithoutDroppingCounts() {
        TaskStruct parent = fork(init);
        kernel.fork().unsharePidNs(parent);
        TaskStruct nsInit = fork(parent);
        die(nsInit);
        int slots = kernel.slabCapacity();
        TaskStruct stale = kernel.slab().alloc();
        kernel.slab().free(stale); // the slot that every failing fork takes
        for (int i = 0; i < 2 * slots; i++) {
            assertThrows(IllegalStateException.class, () -> fork(parent), "ENOMEM in a dying namespace");
        }
        assertEquals(slots, kernel.slabCapacity(), "nothing was lost");
        assertFalse(stale.tryGetTaskStruct(), "its counts never began");
        assertFalse(stale.tryGetTaskStructRcuUser());
        assertEquals(List.of(), freed);
        assertEquals(List.of(), troubles);
    }

    @Test
    void anExtraRcuUserLeaksTheTaskOnPurpose() {
        // make_task_dead's recursive fault: exit_state DEAD, inc(rcu_users), do_task_dead
        TaskStruct child = fork(init);
        child.storeExitState(TaskStruct.EXIT_DEAD);
        child.rcuUsers.inc();
        lastSwitch(child);
        graceperiods();
        assertCounts(child, TaskStruct.EXIT_DEAD, 2, 1);
        assertEquals(List.of(), freed);
    }

    @Test
    void aUsagePutTooOftenLeaksInsteadOfFreeingUnderTheQueuedHead() {
        var handler = org.jurcu.refcount.RefcountWarnings.handler();
        List<Object> warned = Collections.synchronizedList(new ArrayList<>());
        org.jurcu.refcount.RefcountWarnings.setHandler((warning, counter, old) -> warned.add(warning));
        try {
            TaskStruct child = fork(init);
            int pid = child.pid();
            die(child);
            kernel.rcu().readLock(); // no grace period ends before the stray put
            wait(init);
            child.putTaskStruct();
            // before the section ends, and with it the callback may report the usage that it misses
            assertEquals(List.of(org.jurcu.refcount.RefcountWarning.SUB_UAF), warned, "at the faulty put");
            kernel.rcu().readUnlock();
            graceperiods();
            assertEquals(List.of(pid), freed, "once");
            assertFalse(child.isPoisoned(), "leaked");
            assertEquals(List.of(), troubles);
        } finally {
            org.jurcu.refcount.RefcountWarnings.setHandler(handler);
        }
    }

    @Test
    void aPutTooManyNeverFreesTwice() {
        var handler = org.jurcu.refcount.RefcountWarnings.handler();
        List<Object> warned = Collections.synchronizedList(new ArrayList<>());
        org.jurcu.refcount.RefcountWarnings.setHandler((warning, counter, old) -> warned.add(warning));
        try {
            TaskStruct child = fork(init);
            die(child);
            wait(init);
            child.putTaskStructRcuUser();
            graceperiods();
            assertEquals(1, freed.size());
            assertEquals(List.of(org.jurcu.refcount.RefcountWarning.SUB_UAF), warned);
            assertEquals(List.of(), troubles);
        } finally {
            org.jurcu.refcount.RefcountWarnings.setHandler(handler);
        }
    }
}
