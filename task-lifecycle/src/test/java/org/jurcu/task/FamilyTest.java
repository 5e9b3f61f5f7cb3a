package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who reaps whom: parents, threads, subreapers, namespaces, tracers. */
class FamilyTest extends KernelFixture {
    @Test
    void waitFindsTheFirstZombieInTheOrderOfBirth() {
        TaskStruct a = fork(init);
        TaskStruct b = fork(init);
        int pidA = a.pid();
        int pidB = b.pid();
        assertEquals(0, wait(init));
        die(b);
        die(a);
        assertEquals(pidA, wait(init));
        assertEquals(pidB, wait(init));
        assertEquals(-Wait.ECHILD, wait(init));
    }

    @Test
    void waitForOneNumberLeavesTheOthers() {
        TaskStruct a = fork(init);
        TaskStruct b = fork(init);
        die(a);
        assertEquals(0, kernel.waits().wait4(init, b.pid(), Wait.WNOHANG));
        assertEquals(-Wait.ECHILD, kernel.waits().wait4(init, 4711, Wait.WNOHANG));
        assertEquals(a.pid(), kernel.waits().wait4(init, a.pid(), Wait.WNOHANG | Wait.WNOWAIT));
        assertEquals(TaskStruct.EXIT_ZOMBIE, a.exitState(), "WNOWAIT takes nothing");
    }

    @Test
    void aBlockingWaitReturnsWhenTheChildEnds() throws Exception {
        TaskStruct child = fork(init);
        int pid = child.pid();
        AtomicInteger result = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            begun.countDown();
            result.set(kernel.waits().wait4(init, -1, 0));
        });
        waiter.start();
        begun.await();
        die(child);
        waiter.join();
        assertEquals(pid, result.get());
    }

    @Test
    void anyThreadOfTheGroupWaitsForAnyOthersChild() {
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        TaskStruct child = fork(thread);
        int pid = child.pid();
        die(child);
        assertEquals(-Wait.ECHILD, kernel.waits().wait4(leader, -1, Wait.WNOHANG | Wait.WNOTHREAD));
        assertEquals(pid, wait(leader));
    }

    @Test
    void childrenOfADeadThreadGoToASiblingThread() {
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        TaskStruct child = fork(thread);
        int pid = child.pid();
        die(thread);
        assertEquals(leader, kernel.parentOf(child));
        die(child);
        assertEquals(pid, wait(leader));
    }

    @Test
    void orphansGoToInit() {
        TaskStruct father = fork(init);
        TaskStruct orphan = fork(father);
        int pid = orphan.pid();
        die(orphan);
        sigchlds.clear();
        die(father);
        assertEquals(
                List.of(father.pid() + ":" + pid + "->1", father.pid() + ":" + father.pid() + "->1"),
                sigchlds,
                "a zombie that changes hands is told of again");
        assertEquals(father.pid(), wait(init));
        assertEquals(pid, wait(init));
    }

    @Test
    void orphansGoToTheNearestLivingSubreaper() {
        TaskStruct outer = fork(init);
        kernel.signals().setChildSubreaper(outer, true);
        TaskStruct inner = fork(outer);
        kernel.signals().setChildSubreaper(inner, true);
        TaskStruct father = fork(inner);
        TaskStruct orphan = fork(father);
        die(father);
        assertEquals(inner, kernel.parentOf(orphan));
        die(inner);
        assertEquals(outer, kernel.parentOf(orphan));
        die(outer);
        assertEquals(init, kernel.parentOf(orphan));
    }

    @Test
    void aSubreaperAppointedLateServesThoseThatExist() {
        TaskStruct reaper = fork(init);
        TaskStruct father = fork(reaper);
        TaskStruct orphan = fork(father);
        kernel.signals().setChildSubreaper(reaper, true);
        die(father);
        assertEquals(reaper, kernel.parentOf(orphan));
    }

    @Test
    void cloneParentMakesASibling() {
        TaskStruct father = fork(init);
        TaskStruct sibling = kernel.fork().copyProcess(father, CloneFlags.CLONE_PARENT);
        assertEquals(init, kernel.parentOf(sibling));
    }

    @Test
    void namespacesNumberFromOneAndTheirInitTakesTheOrphans() {
        TaskStruct outside = fork(init);
        TaskStruct nsInit = kernel.fork().copyProcess(outside, CloneFlags.CLONE_NEWPID);
        TaskStruct father = fork(nsInit);
        TaskStruct orphan = fork(father);
        assertEquals(1, kernel.waits().nrSeenBy(nsInit, nsInit));
        assertEquals(2, kernel.waits().nrSeenBy(nsInit, father));
        assertEquals(3, kernel.waits().nrSeenBy(nsInit, orphan));
        assertEquals(nsInit.pid(), kernel.waits().nrSeenBy(outside, nsInit));
        assertEquals(0, kernel.waits().nrSeenBy(orphan, outside), "outside is not seen from inside");
        die(father);
        assertEquals(nsInit, kernel.parentOf(orphan));
        assertEquals(2, wait(nsInit), "a wait inside returns the number inside");
    }

    @Test
    void aDyingNamespaceIsEmptiedFirst() {
        TaskStruct outside = fork(init);
        TaskStruct nsInit = kernel.fork().copyProcess(outside, CloneFlags.CLONE_NEWPID);
        TaskStruct zombie = fork(nsInit);
        TaskStruct alive = fork(nsInit);
        TaskStruct nested = kernel.fork().copyProcess(nsInit, CloneFlags.CLONE_NEWPID);
        die(zombie);
        kernel.exit().exitSignals(nsInit);
        assertThrows(IllegalStateException.class, () -> kernel.exit().exitNotify(nsInit), "processes are left");
        die(alive);
        die(nested);
        kernel.exit().exitNotify(nsInit);
        assertEquals(TaskStruct.EXIT_ZOMBIE, nsInit.exitState());
        lastSwitch(nsInit);
        int pid = nsInit.pid();
        assertEquals(pid, wait(outside));
        graceperiods();
        assertEquals(4, freed.size());
        assertEquals(List.of(), troubles);
    }

    @Test
    void aTracedThreadIsReapedByItsTracer() {
        TaskStruct tracer = fork(init);
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        int tid = thread.pid();
        assertTrue(kernel.ptrace().attach(tracer, thread));
        assertFalse(kernel.ptrace().attach(tracer, thread), "one tracer");
        die(thread);
        assertEquals(TaskStruct.EXIT_ZOMBIE, thread.exitState());
        assertEquals(tid, kernel.waits().wait4(tracer, -1, Wait.WNOHANG | Wait.WALL));
        graceperiods();
        assertEquals(List.of(tid), freed);
    }

    @Test
    void aTracerThatDiesLetsItsZombiesGo() {
        TaskStruct tracer = fork(init);
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        int tid = thread.pid();
        kernel.ptrace().attach(tracer, thread);
        kernel.ptrace().attach(tracer, leader);
        die(thread);
        die(tracer);
        assertFalse(kernel.ptrace().isTraced(leader));
        graceperiods();
        assertTrue(freed.contains(tid));
        assertEquals(List.of(), troubles);
    }

    @Test
    void detachOfAZombieTellsTheParentOrReleases() {
        TaskStruct tracer = fork(init);
        TaskStruct child = fork(init);
        kernel.ptrace().attach(tracer, child);
        die(child);
        sigchlds.clear();
        kernel.ptrace().detach(tracer, child);
        assertEquals(List.of(tracer.pid() + ":" + child.pid() + "->1"), sigchlds);
        assertEquals(child.pid(), wait(init));
    }

    @Test
    void tracemeByAChildOfItsTracerNeedsOneWait() {
        TaskStruct tracer = fork(init);
        TaskStruct child = fork(tracer);
        int pid = child.pid();
        assertTrue(kernel.ptrace().traceme(child));
        die(child);
        assertEquals(pid, wait(tracer));
        graceperiods();
        assertEquals(List.of(pid), freed);
    }

    @Test
    void execKeepsOnlyTheIgnoredAction() {
        kernel.signals().setSigchldAction(init, SigchldAction.NO_CLD_WAIT);
        TaskStruct child = fork(init);
        assertEquals(SigchldAction.NO_CLD_WAIT, kernel.signals().sigchldAction(child), "fork copies it");
        kernel.exec().beginNewExec(child);
        assertEquals(SigchldAction.DEFAULT, kernel.signals().sigchldAction(child));
        kernel.signals().setSigchldAction(child, SigchldAction.IGNORE);
        kernel.exec().beginNewExec(child);
        assertEquals(SigchldAction.IGNORE, kernel.signals().sigchldAction(child));
        assertEquals(SigchldAction.NO_CLD_WAIT, kernel.signals().sigchldAction(init), "others keep theirs");
    }

    @Test
    void twoReapersRaceAndOneHasTheZombie() throws Exception {
        TaskStruct parent = fork(init);
        TaskStruct second = thread(parent);
        int rounds = 2_000;
        AtomicInteger reaped = new AtomicInteger();
        for (int i = 0; i < rounds; i++) {
            TaskStruct child = fork(parent);
            die(child);
            Thread other = new Thread(() -> {
                if (wait(second) > 0) {
                    reaped.incrementAndGet();
                }
            });
            other.start();
            if (wait(parent) > 0) {
                reaped.incrementAndGet();
            }
            other.join();
        }
        assertEquals(rounds, reaped.get());
        graceperiods();
        assertEquals(rounds, freed.size());
        assertEquals(List.of(), troubles);
    }

    @Test
    void theLoserOfTheLastZombieHasNoChildLeft() throws Exception {
        // Two threads of a group block in wait for the same child: one reaps it, the other must not sleep on.
        TaskStruct parent = fork(init);
        TaskStruct second = thread(parent);
        for (int i = 0; i < 500; i++) {
            TaskStruct child = fork(parent);
            AtomicInteger reaped = new AtomicInteger();
            AtomicInteger childless = new AtomicInteger();
            List<Thread> waiters = new ArrayList<>();
            for (TaskStruct waiter : List.of(parent, second)) {
                Thread thread = new Thread(() -> {
                    int result = kernel.waits().wait4(waiter, -1, 0);
                    (result == -Wait.ECHILD ? childless : reaped).incrementAndGet();
                });
                waiters.add(thread);
                thread.start();
            }
            die(child);
            for (Thread thread : waiters) {
                thread.join();
            }
            assertEquals(1, reaped.get());
            assertEquals(1, childless.get());
        }
    }

    @Test
    void deThreadWakesTheTracerOfTheOldLeader() throws Exception {
        TaskStruct tracer = fork(init);
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        kernel.ptrace().attach(tracer, leader);
        die(leader);
        AtomicInteger result = new AtomicInteger();
        Thread waiter = new Thread(() -> result.set(kernel.waits().wait4(tracer, -1, Wait.WALL)));
        waiter.start();
        kernel.exec().beginNewExec(thread);
        waiter.join();
        assertEquals(-Wait.ECHILD, result.get());
    }

    @Test
    void aForkThatFailsLeavesNoTrace() {
        TaskStruct outside = fork(init);
        TaskStruct nsInit = kernel.fork().copyProcess(outside, CloneFlags.CLONE_NEWPID);
        assertThrows(IllegalStateException.class, () -> kernel.fork().copyProcess(nsInit, 0, outside.pid()), "taken");
        assertThrows(IllegalArgumentException.class, () -> kernel.fork().copyProcess(nsInit, 0, PidNamespace.PID_MAX));
        assertThrows(IllegalArgumentException.class, () -> kernel.fork().copyProcess(nsInit, 0, -5));
        assertThrows(
                IllegalArgumentException.class,
                () -> kernel.fork().copyProcess(nsInit, CloneFlags.CLONE_THREAD),
                "threads share handlers");
        long threadElsewhere = CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_NEWPID;
        assertThrows(IllegalArgumentException.class, () -> kernel.fork().copyProcess(nsInit, threadElsewhere));
        kernel.pidmapLock().lock();
        try {
            for (int nr = 2; nr < 10; nr++) {
                nsInit.activeNs().giveBack(nsInit.activeNs().take(nr)); // throws if somebody has it
            }
        } finally {
            kernel.pidmapLock().unlock();
        }
        TaskStruct child = fork(nsInit);
        die(child);
        die(nsInit); // possible only if no number of the namespace was lost
        assertEquals(nsInit.pid(), wait(outside));
        assertEquals(0, wait(init));
    }

    /** A thread has copied its group's structs by reference when it fails: they have as many users as before. */
    @Test
    void aThreadThatIsNotBornGivesBackWhatItShared() {
        TaskStruct leader = fork(init);
        int signals = leader.signal.sigcnt.read();
        int handlers = leader.loadAcquireSighand().count.read();
        for (Throwable failure : List.of(new IllegalStateException("no"), new OutOfMemoryError("no"))) {
            List<TaskStruct> half = new ArrayList<>();
            Fork fork = new Fork(kernel) {
                @Override
                void beforeLinkIn(TaskStruct p) {
                    half.add(p);
                    assertEquals(signals + 1, leader.signal.sigcnt.read());
                    assertEquals(handlers + 1, leader.loadAcquireSighand().count.read());
                    throwUnchecked(failure);
                }
            };
            Throwable thrown = assertThrows(
                    Throwable.class,
                    () -> fork.copyProcess(leader, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND));
            assertEquals(failure, thrown);
            assertEquals(signals, leader.signal.sigcnt.read());
            assertEquals(handlers, leader.loadAcquireSighand().count.read());
            assertTrue(half.get(0).isPoisoned(), "its slot is free");
        }
    }

    private static void throwUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /** Its siblings would be children of one outside the namespace, or of idle, which waits for nobody. */
    @Test
    void anInitHasNoSiblings() {
        TaskStruct nsInit = kernel.fork().copyProcess(fork(init), CloneFlags.CLONE_NEWPID);
        TaskStruct ofInit = thread(init);
        for (TaskStruct one : List.of(init, ofInit, nsInit, thread(nsInit))) {
            String why = assertThrows(IllegalArgumentException.class, () -> kernel.fork()
                            .copyProcess(one, CloneFlags.CLONE_PARENT))
                    .getMessage();
            assertTrue(why.startsWith("CLONE_PARENT by an init"), why);
        }
        TaskStruct child = fork(nsInit);
        TaskStruct sibling = kernel.fork().copyProcess(child, CloneFlags.CLONE_PARENT);
        assertEquals(nsInit, kernel.parentOf(sibling));
    }

    /** Each of init's threads sees another alive, or its namespace in another's hands: nobody has waited for the rest. */
    @Test
    void anInitWhoseThreadsExitAtOnceIsToldToComeAgain() {
        TaskStruct outside = fork(init);
        TaskStruct leader = kernel.fork().copyProcess(outside, CloneFlags.CLONE_NEWPID);
        TaskStruct thread = thread(leader);
        TaskStruct child = fork(leader);
        kernel.exit().exitSignals(leader);
        kernel.exit().zapPidNsProcessesAndWait(leader); // the thread is alive
        kernel.exit().exitSignals(thread);
        kernel.exit().zapPidNsProcessesAndWait(thread); // the namespace is the leader's
        kernel.exit().exitNotify(thread);
        assertThrows(IllegalStateException.class, () -> kernel.exit().exitNotify(leader), "the child is alive");
        exit(child);
        kernel.exit().zapPidNsProcessesAndWait(leader);
        kernel.exit().exitNotify(leader);
        assertEquals(leader.pid(), wait(outside));
    }

    @Test
    void whoHasExitedActsNoMore() {
        TaskStruct zombie = fork(init);
        TaskStruct other = fork(init);
        assertThrows(IllegalStateException.class, () -> kernel.exit().exitNotify(zombie), "exit_signals comes first");
        exit(zombie);
        assertThrows(IllegalStateException.class, () -> kernel.exit().exitNotify(zombie), "once");
        assertThrows(IllegalStateException.class, () -> fork(zombie));
        assertThrows(IllegalStateException.class, () -> wait(zombie));
        assertThrows(IllegalStateException.class, () -> kernel.exec().beginNewExec(zombie));
        assertFalse(kernel.ptrace().attach(zombie, other));
        assertThrows(IllegalStateException.class, () -> lastSwitch(other), "it has not exited");
        assertThrows(IllegalStateException.class, () -> exit(init));
        assertThrows(IllegalStateException.class, () -> exit(kernel.idle()));
        assertThrows(
                IllegalStateException.class,
                () -> kernel.scheduler().contextSwitch(0, other, true),
                "idle was running");
        kernel.scheduler().contextSwitch(1, other, false);
        assertThrows(
                IllegalStateException.class,
                () -> kernel.scheduler().contextSwitch(1, kernel.idle(), true),
                "it has not exited");
    }

    @Test
    void aDyingNamespaceIgnoresSigchld() {
        TaskStruct nsInit = kernel.fork().copyProcess(fork(init), CloneFlags.CLONE_NEWPID);
        TaskStruct child = fork(nsInit);
        kernel.exit().exitSignals(nsInit);
        kernel.exit().zapPidNsProcesses(nsInit);
        exit(child);
        assertEquals(TaskStruct.EXIT_DEAD, child.exitState(), "it reaps itself");
    }

    @Test
    void sharedHandlersAreSharedAndCloneChildrenNeedTheirFlag() {
        TaskStruct parent = fork(init);
        TaskStruct sharer = kernel.fork().copyProcess(parent, CloneFlags.CLONE_SIGHAND);
        kernel.signals().setSigchldAction(sharer, SigchldAction.IGNORE);
        assertEquals(SigchldAction.IGNORE, kernel.signals().sigchldAction(parent));
        TaskStruct odd = fork(init);
        kernel.tasklistLock().writeLock();
        odd.storeExitSignal(0); // cloned without SIGCHLD
        kernel.tasklistLock().writeUnlock();
        die(odd);
        assertEquals(0, wait(init), "it is not for a plain wait; parent is alive and makes it 0");
        assertEquals(odd.pid(), kernel.waits().wait4(init, -1, Wait.WNOHANG | Wait.WCLONE));
    }

    @Test
    void aTaskExitsOnceAndIsSwitchedOutOnce() {
        TaskStruct child = fork(init);
        die(child);
        assertThrows(IllegalStateException.class, () -> kernel.exit().exitSignals(child));
        assertThrows(IllegalStateException.class, () -> lastSwitch(child));
    }
}
