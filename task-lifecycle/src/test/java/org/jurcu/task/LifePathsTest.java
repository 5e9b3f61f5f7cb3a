package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of a task's end, A to I, with the counts at every step. */
class LifePathsTest extends PathTable {
    // ---- A ----

    @Test
    void pathAaParentWaits() {
        born("parent", () -> fork(init));
        TaskStruct child = born("child", () -> fork(t("parent")));
        int pid = child.pid();
        row("exit_signals", () -> kernel.exit().exitSignals(child));
        row("exit_notify, parent interested", () -> kernel.exit().exitNotify(child), "child: ZOMBIE r2 u1");
        assertReleased();
        row("last switch", () -> lastSwitch(child), "child: ZOMBIE r1 u1");
        row("wait: cmpxchg, then release_task", () -> assertEquals(pid, reap("parent")), "child: DEAD r0 u1");
        assertClaimed("child DEAD r1 u1");
        assertReleased("child DEAD r1 u1");
        assertEquals("nobody", find(pid));
        assertEquals(List.of(), freed, "a grace period is to come");
        delayedPut("child", "DEAD r0 u0");
        assertEquals(List.of(pid), freed);
        gracePeriods("child: freed");
    }

    // ---- B ----

    @ParameterizedTest
    @EnumSource(value = SigchldAction.class, names = "DEFAULT", mode = EnumSource.Mode.EXCLUDE)
    void pathBautoreap(SigchldAction action) {
        born("parent", () -> fork(init));
        kernel.signals().setSigchldAction(t("parent"), action);
        TaskStruct child = born("child", () -> fork(t("parent")));
        int pid = child.pid();
        row("exit_notify, then release_task(self)", () -> exit(child), "child: DEAD r1 u1");
        assertReleased("child DEAD r2 u1");
        String arrow = action == SigchldAction.IGNORE ? "-|" : "->";
        assertEquals(List.of(pid + ":" + pid + arrow + t("parent").pid()), sigchlds);
        row("no waiter ever sees it", () -> assertEquals(-Wait.ECHILD, reap("parent")));
        assertClaimed();
        row("last switch", () -> lastSwitch(child), "child: DEAD r0 u1");
        delayedPut("child", "DEAD r0 u0");
        gracePeriods("child: freed");
    }

    // ---- C ----

    @Test
    void pathCreapedWhileOnACpu() {
        born("parent", () -> fork(init));
        TaskStruct child = born("child", () -> fork(t("parent")));
        kernel.scheduler().contextSwitch(1, child, false);
        row("exit_notify done, still executing", () -> exit(child), "child: ZOMBIE r2 u1");
        row("wait and release_task", () -> reap("parent"), "child: DEAD r1 u1");
        assertEquals("nobody", find(child.pid()));
        assertEquals(null, child.loadAcquireSighand());
        row(
                "rq->curr, get_task_struct",
                () -> assertEquals(child, kernel.scheduler().curr(1).getTaskStruct()),
                "child: DEAD r1 u2");
        row(
                "last switch on CPU 1",
                () -> kernel.scheduler().contextSwitch(1, kernel.idle(), true),
                "child: DEAD r0 u2");
        gracePeriods("child: DEAD r0 u1");
        row("put_task_struct", child::putTaskStruct, "child: DEAD r0 u0");
        gracePeriods("child: freed");
    }

    // ---- D ----

    @Test
    void pathDanIgnoredLeaderGoesWithItsLastThread() {
        born("parent", () -> fork(init));
        kernel.signals().setSigchldAction(t("parent"), SigchldAction.IGNORE);
        TaskStruct leader = born("leader", () -> fork(t("parent")));
        TaskStruct thread = born("thread", () -> thread(leader));
        TaskStruct last = born("last", () -> thread(leader));
        row("a thread's exit_notify: DEAD, release_task(self)", () -> exit(thread), "thread: DEAD r1 u1");
        assertReleased("thread DEAD r2 u1");
        row("its last switch", () -> lastSwitch(thread), "thread: DEAD r0 u1");
        row("the leader's exit_notify: nobody is told", () -> exit(leader), "leader: ZOMBIE r2 u1");
        assertReleased();
        assertEquals(List.of(), sigchlds);
        row("its last switch", () -> lastSwitch(leader), "leader: ZOMBIE r1 u1");
        row(
                "the last thread's release_task zaps the leader",
                () -> exit(last),
                "last: DEAD r1 u1",
                "leader: DEAD r0 u1");
        assertReleased("last DEAD r2 u1");
        assertEquals(
                List.of(last.pid() + ":" + leader.pid() + "-|" + t("parent").pid()), sigchlds);
        row("its last switch", () -> lastSwitch(last), "last: DEAD r0 u1");
        gracePeriods("thread: freed", "leader: freed", "last: freed");
    }

    @Test
    void pathDaLeaderWaitsForItsLastThread() {
        born("parent", () -> fork(init));
        TaskStruct leader = born("leader", () -> fork(t("parent")));
        TaskStruct thread = born("thread", () -> thread(leader));
        row("the leader exits", () -> exit(leader), "leader: ZOMBIE r2 u1");
        row("its last switch", () -> lastSwitch(leader), "leader: ZOMBIE r1 u1");
        row("the parent's wait is delayed", () -> assertEquals(0, reap("parent")));
        row("the last thread", () -> exit(thread), "thread: DEAD r1 u1");
        row("the parent's wait", () -> assertEquals(leader.pid(), reap("parent")), "leader: DEAD r0 u1");
        row("the thread's last switch", () -> lastSwitch(thread), "thread: DEAD r0 u1");
        gracePeriods("thread: freed", "leader: freed");
    }

    // ---- E ----

    private int notifyCount(TaskStruct of) {
        kernel.tasklistLock().readLock();
        try {
            return of.signal.notifyCount();
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }

    @Test
    void pathEexecWithLiveSiblings() {
        born("parent", () -> fork(init));
        TaskStruct leader = born("leader", () -> fork(t("parent")));
        TaskStruct me = born("T", () -> thread(leader));
        TaskStruct a = born("a", () -> thread(leader));
        TaskStruct b = born("b", () -> thread(leader));
        int tgid = leader.pid();
        int tid = me.pid();
        row("de_thread: zap_other_threads", () -> assertTrue(kernel.exec().zapOtherThreads(me)));
        assertEquals(2, notifyCount(me), "the leader only becomes a zombie");
        for (TaskStruct killed : List.of(leader, a, b)) {
            assertTrue(kernel.signals().fatalSignalPending(killed));
        }
        assertFalse(kernel.signals().fatalSignalPending(me));
        assertThrows(IllegalStateException.class, () -> kernel.exec().zapOtherThreads(b), "another exec: EAGAIN");
        row("a exits", () -> exit(a), "a: DEAD r1 u1");
        assertEquals(1, notifyCount(me));
        row("a's last switch", () -> lastSwitch(a), "a: DEAD r0 u1");
        row("b exits", () -> exit(b), "b: DEAD r1 u1");
        assertEquals(0, notifyCount(me));
        row("b's last switch", () -> lastSwitch(b), "b: DEAD r0 u1");
        row("the leader's exit_notify: nobody is told", () -> exit(leader), "leader: ZOMBIE r2 u1");
        assertEquals(List.of(), sigchlds);
        row("the leader's last switch", () -> lastSwitch(leader), "leader: ZOMBIE r1 u1");
        assertEquals(List.of("leader", "T"), List.of(find(tgid), find(tid)));
        row(
                "the swap, and release_task of the leader",
                () -> kernel.exec().takeLeadersPlace(me, leader),
                "leader: DEAD r0 u1");
        assertReleased("leader DEAD r1 u1");
        assertEquals(List.of("T", "nobody"), List.of(find(tgid), find(tid)));
        assertEquals(tgid, me.pid());
        assertEquals(tid, leader.pid());
        row("T forks again", () -> kernel.exit().doExit(fork(me)));
        gracePeriods("leader: freed", "a: freed", "b: freed");
        row("T exits", () -> exit(me), "T: ZOMBIE r2 u1");
        row("T's last switch", () -> lastSwitch(me), "T: ZOMBIE r1 u1");
        row("the parent's wait for the old leader's number", () -> assertEquals(tgid, reap("parent")), "T: DEAD r0 u1");
        gracePeriods("T: freed");
    }

    @Test
    void pathEexecWithALeaderThatDiedFirst() {
        born("parent", () -> fork(init));
        TaskStruct leader = born("leader", () -> fork(t("parent")));
        TaskStruct me = born("T", () -> thread(leader));
        int tgid = leader.pid();
        int tid = me.pid();
        row("the leader exits", () -> exit(leader), "leader: ZOMBIE r2 u1");
        row("de_thread before its last switch", () -> kernel.exec().deThread(me), "leader: DEAD r1 u1");
        assertReleased("leader DEAD r2 u1");
        assertEquals(List.of("T", "nobody"), List.of(find(tgid), find(tid)));
        row("the leader's last switch", () -> lastSwitch(leader), "leader: DEAD r0 u1");
        delayedPut("leader", "DEAD r0 u0");
        assertEquals(List.of(tid), freed, "under the thread's number");
        gracePeriods("leader: freed");
        assertEquals(0, notifyCount(me), "exec is over");
        row("another exec, alone", () -> kernel.exec().deThread(me));
    }

    // ---- F ----

    @Test
    void pathFaNamespaceDies() {
        TaskStruct outside = born("outside", () -> fork(init));
        kernel.fork().unsharePidNs(outside);
        TaskStruct nsInit = born("I", () -> fork(outside));
        TaskStruct zombie = born("zombie", () -> fork(nsInit));
        TaskStruct alive = born("alive", () -> fork(nsInit));
        TaskStruct inner = born("J", () -> kernel.fork().copyProcess(nsInit, CloneFlags.CLONE_NEWPID));
        TaskStruct leaf = born("leaf", () -> fork(inner));
        assertEquals(List.of(1, 4, 5), List.of(nr(nsInit, nsInit), nr(nsInit, inner), nr(nsInit, leaf)));
        assertEquals(List.of(1, 2), List.of(nr(inner, inner), nr(inner, leaf)));
        row("a child ends before", () -> die(zombie), "zombie: ZOMBIE r1 u1");
        row("I begins to exit", () -> assertTrue(kernel.exit().exitSignals(nsInit)));
        row(
                "zap_pid_ns_processes: kills, reaps the zombie",
                () -> assertFalse(kernel.exit().zapPidNsProcesses(nsInit)),
                "zombie: DEAD r0 u1");
        assertReleased("zombie DEAD r1 u1");
        for (TaskStruct killed : List.of(alive, inner, leaf)) {
            assertTrue(kernel.signals().fatalSignalPending(killed), "in the namespace, however deep");
        }
        assertFalse(kernel.signals().fatalSignalPending(outside));
        assertTrue(assertThrows(IllegalStateException.class, () -> fork(outside))
                .getMessage()
                .startsWith("ENOMEM"));
        assertTrue(assertThrows(IllegalStateException.class, () -> fork(leaf))
                .getMessage()
                .startsWith("EINTR"));
        assertThrows(IllegalStateException.class, () -> kernel.exit().exitNotify(nsInit), "the kernel would sleep");
        row("J, an init itself, begins to exit", () -> kernel.exit().exitSignals(inner));
        row("J has a process still", () -> assertFalse(kernel.exit().zapPidNsProcesses(inner)));
        row("leaf reaps itself: J ignores SIGCHLD", () -> exit(leaf), "leaf: DEAD r1 u1");
        row("its last switch", () -> lastSwitch(leaf), "leaf: DEAD r0 u1");
        row("J reaps itself: I ignores SIGCHLD", () -> kernel.exit().exitNotify(inner), "J: DEAD r1 u1");
        row("its last switch", () -> lastSwitch(inner), "J: DEAD r0 u1");
        row("one is left", () -> assertFalse(kernel.exit().zapPidNsProcesses(nsInit)));
        row("it goes", () -> die(alive), "alive: DEAD r0 u1");
        row("nobody is left", () -> assertTrue(kernel.exit().zapPidNsProcesses(nsInit)));
        row("I's exit_notify", () -> kernel.exit().exitNotify(nsInit), "I: ZOMBIE r2 u1");
        row("its last switch", () -> lastSwitch(nsInit), "I: ZOMBIE r1 u1");
        row("its outer parent's wait", () -> assertEquals(nsInit.pid(), reap("outside")), "I: DEAD r0 u1");
        gracePeriods("I: freed", "J: freed", "zombie: freed", "alive: freed", "leaf: freed");
    }

    private int nr(TaskStruct viewer, TaskStruct of) {
        return kernel.waits().nrSeenBy(viewer, of);
    }

    @Test
    void pathFanInitWithThreadsHandsItsNamespaceOver() {
        born("outside", () -> fork(init));
        TaskStruct leader = born("I", () -> kernel.fork().copyProcess(t("outside"), CloneFlags.CLONE_NEWPID));
        TaskStruct thread = born("T", () -> thread(leader));
        TaskStruct father = born("father", () -> fork(leader));
        TaskStruct orphan = born("orphan", () -> fork(father));
        row("the leader exits: its thread reaps from now on", () -> exit(leader), "I: ZOMBIE r2 u1");
        assertEquals(thread, kernel.parentOf(father));
        row("an orphan comes to the thread", () -> exit(father), "father: ZOMBIE r2 u1");
        assertEquals(thread, kernel.parentOf(orphan));
        row("the thread begins to exit", () -> kernel.exit().exitSignals(thread));
        row(
                "and empties the namespace",
                () -> assertFalse(kernel.exit().zapPidNsProcesses(thread)),
                "father: DEAD r1 u1");
        row("the orphan", () -> exit(orphan), "orphan: DEAD r1 u1");
        row(
                "two numbers are init's own: its leader is a zombie",
                () -> assertTrue(kernel.exit().zapPidNsProcesses(thread)));
        row("the thread's exit_notify", () -> kernel.exit().exitNotify(thread), "T: DEAD r1 u1");
        row("the outer parent's wait", () -> assertEquals(leader.pid(), reap("outside")), "I: DEAD r1 u1");
    }

    // ---- G ----

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pathGaForeignTracer(boolean parentIgnores) {
        born("parent", () -> fork(init));
        born("tracer", () -> fork(init));
        if (parentIgnores) {
            kernel.signals().setSigchldAction(t("parent"), SigchldAction.IGNORE);
        }
        TaskStruct child = born("child", () -> fork(t("parent")));
        int pid = child.pid();
        row("attach", () -> assertTrue(kernel.ptrace().attach(t("tracer"), child)));
        row("exit_notify tells the tracer", () -> exit(child), "child: ZOMBIE r2 u1");
        row("last switch", () -> lastSwitch(child), "child: ZOMBIE r1 u1");
        row("the parent's wait pretends that something is pending", () -> assertEquals(0, reap("parent")));
        String parentPid = Integer.toString(t("parent").pid());
        if (parentIgnores) {
            row("the tracer's wait, and release", () -> assertEquals(pid, reap("tracer")), "child: DEAD r0 u1");
            assertReleased("child DEAD r1 u1");
            assertEquals(t("tracer").pid() + ":" + pid + "-|" + parentPid, sigchlds.get(1));
        } else {
            row(
                    "the tracer's wait, and back to ZOMBIE",
                    () -> assertEquals(pid, reap("tracer")),
                    "child: ZOMBIE r1 u1");
            assertReleased();
            assertEquals(t("tracer").pid() + ":" + pid + "->" + parentPid, sigchlds.get(1));
        }
        assertClaimed("child TRACE r1 u1");
        row("it is the tracer's no more", () -> assertEquals(-Wait.ECHILD, reap("tracer")));
        if (!parentIgnores) {
            row("the parent's wait", () -> assertEquals(pid, reap("parent")), "child: DEAD r0 u1");
            assertClaimed("child DEAD r1 u1");
        }
        gracePeriods("child: freed");
    }

    @Test
    void pathGdetachOfAZombieThatIsToldToItsParent() {
        born("parent", () -> fork(init));
        born("tracer", () -> fork(init));
        TaskStruct child = born("child", () -> fork(t("parent")));
        kernel.ptrace().attach(t("tracer"), child);
        row("end", () -> die(child), "child: ZOMBIE r1 u1");
        sigchlds.clear();
        row("detach: the parent cares", () -> kernel.ptrace().detach(t("tracer"), child));
        assertEquals(
                List.of(t("tracer").pid() + ":" + child.pid() + "->"
                        + t("parent").pid()),
                sigchlds);
        row("the parent's wait", () -> assertEquals(child.pid(), reap("parent")), "child: DEAD r0 u1");
    }

    @Test
    void pathGdetachOfAZombieThatNobodyWants() {
        born("parent", () -> fork(init));
        kernel.signals().setSigchldAction(t("parent"), SigchldAction.NO_CLD_WAIT);
        born("tracer", () -> fork(init));
        TaskStruct child = born("child", () -> fork(t("parent")));
        kernel.ptrace().attach(t("tracer"), child);
        row("end", () -> die(child), "child: ZOMBIE r1 u1");
        row("detach: the parent ignores it", () -> kernel.ptrace().detach(t("tracer"), child), "child: DEAD r0 u1");
        assertReleased("child DEAD r1 u1");
    }

    @Test
    void pathGdetachOfAThreadsZombie() {
        born("tracer", () -> fork(init));
        TaskStruct leader = born("leader", () -> fork(init));
        TaskStruct thread = born("thread", () -> thread(leader));
        kernel.ptrace().attach(t("tracer"), thread);
        row("a traced thread's end", () -> die(thread), "thread: ZOMBIE r1 u1");
        row(
                "detach: a non-leader is nobody else's",
                () -> kernel.ptrace().detach(t("tracer"), thread),
                "thread: DEAD r0 u1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pathGdetachOfAZombieByItsOwnParent(boolean ignores) {
        TaskStruct parent = born("parent", () -> fork(init));
        TaskStruct child = born("child", () -> fork(parent));
        row("traceme", () -> assertTrue(kernel.ptrace().traceme(child)));
        row("end", () -> die(child), "child: ZOMBIE r1 u1");
        if (ignores) {
            kernel.signals().setSigchldAction(parent, SigchldAction.IGNORE);
        }
        sigchlds.clear();
        row(
                "detach: the parent knows already",
                () -> kernel.ptrace().detach(parent, child),
                ignores ? "child: DEAD r0 u1" : "child: ZOMBIE r1 u1");
        assertEquals(List.of(), sigchlds);
    }

    @Test
    void pathGexitPtrace() {
        TaskStruct tracer = born("tracer", () -> fork(init));
        TaskStruct leader = born("leader", () -> fork(init));
        TaskStruct thread = born("thread", () -> thread(leader));
        TaskStruct doomed = born("doomed", () -> fork(init));
        TaskStruct spared = born("spared", () -> fork(init));
        kernel.ptrace().attach(tracer, thread);
        kernel.ptrace().attach(tracer, doomed);
        kernel.ptrace().attach(tracer, spared);
        assertTrue(kernel.ptrace().setExitKill(tracer, doomed, true));
        assertFalse(kernel.ptrace().setExitKill(tracer, leader, true), "not its tracee");
        row("a traced thread ends", () -> die(thread), "thread: ZOMBIE r1 u1");
        row("the tracer exits", () -> exit(tracer), "tracer: ZOMBIE r2 u1", "thread: DEAD r0 u1");
        assertReleased("thread DEAD r1 u1");
        assertTrue(kernel.signals().fatalSignalPending(doomed), "PTRACE_O_EXITKILL");
        assertFalse(kernel.signals().fatalSignalPending(spared));
        assertFalse(kernel.ptrace().isTraced(spared));
        assertEquals(init, kernel.parentOf(doomed));
    }

    // ---- H ----

    /** The kernel's counts are r2 u1 there and never dropped; ours begin when the task can be found, so there are none to drop. */
    @Test
    void pathHaForkThatFailsDropsNoCounts() {
        TaskStruct parent = born("parent", () -> fork(init));
        kernel.fork().unsharePidNs(parent);
        TaskStruct nsInit = born("I", () -> fork(parent));
        row("the namespace dies", () -> die(nsInit), "I: ZOMBIE r1 u1");
        TaskStruct slot = kernel.slab().alloc();
        kernel.slab().free(slot); // what the next fork takes
        int generation = slot.generation();
        row("fork into it: ENOMEM", () -> assertThrows(IllegalStateException.class, () -> fork(parent)));
        assertEquals(generation + 2, slot.generation(), "taken, and given back at once, without a grace period");
        assertTrue(slot.isPoisoned());
        assertEquals(0, slot.usage());
        assertFalse(slot.tryGetTaskStruct());
        if (kernel.layout().hasRcuUsers()) {
            assertEquals(0, slot.rcuUsers());
            assertFalse(slot.tryGetTaskStructRcuUser());
        }
        assertEquals(List.of(), freed, "delayed_put_task_struct never ran for it");
        TaskStruct killed = born("killed", () -> fork(init));
        kernel.signals().sendSigkill(killed);
        int next = fork(init).pid() + 1;
        TaskStruct another = kernel.slab().alloc();
        kernel.slab().free(another);
        int before = another.generation();
        row("fork with SIGKILL pending: EINTR", () -> assertThrows(IllegalStateException.class, () -> fork(killed)));
        assertEquals("nobody", find(next), "the number that it had is free again");
        assertEquals(before + 2, another.generation());
    }

    // ---- I ----

    @Test
    void pathIaRecursiveFaultLeaksOnPurpose() {
        born("parent", () -> fork(init));
        TaskStruct child = born("child", () -> fork(t("parent")));
        row("do_exit begins", () -> kernel.exit().exitSignals(child));
        row("and faults: make_task_dead", () -> kernel.exit().makeTaskDead(child), "child: DEAD r3 u1");
        assertEquals(List.of("Fixing recursive fault but reboot is needed!"), troubles);
        troubles.clear();
        row("nobody reaps it", () -> assertEquals(-Wait.ECHILD, reap("parent")));
        row("last switch", () -> lastSwitch(child), "child: DEAD r2 u1");
        gracePeriods();
        assertEquals(List.of(), freed);
    }

    @Test
    void pathIaFirstFaultIsAnExit() {
        TaskStruct child = born("child", () -> fork(init));
        row("make_task_dead", () -> kernel.exit().makeTaskDead(child), "child: ZOMBIE r2 u1");
    }
}
