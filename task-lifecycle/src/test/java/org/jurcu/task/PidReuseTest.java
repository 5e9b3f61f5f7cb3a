package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jurcu.rcu.list.RcuIntTable;

/** Numbers: given out in turn, used again, and never for two at a time. */
class PidReuseTest extends KernelFixture {
    private void reap(TaskStruct child) {
        die(child);
        assertEquals(child.pid(), kernel.waits().wait4(init, child.pid(), 0));
    }

    @Test
    void aNumberIsNotUsedAgainBeforeItsTurn() {
        TaskStruct first = fork(init);
        int pid = first.pid();
        reap(first);
        assertEquals(pid + 1, fork(init).pid());
    }

    @Test
    void theTurnBeginsAnewAt300() {
        kernel.pids().setPidMax(303);
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 305; i++) {
            TaskStruct child = fork(init);
            given.add(child.pid());
            reap(child);
        }
        assertEquals(2, given.get(0));
        assertEquals(302, given.get(300));
        assertEquals(List.of(300, 301, 302, 300), given.subList(301, 305));
    }

    @Test
    void whenAllAreInUseForkSaysSoAndLosesNothing() {
        kernel.pids().setPidMax(301);
        List<TaskStruct> children = new ArrayList<>();
        for (int pid = 2; pid < 301; pid++) {
            children.add(fork(init));
        }
        int slots = kernel.slabCapacity();
        for (int i = 0; i < 2 * slots; i++) {
            String why =
                    assertThrows(IllegalStateException.class, () -> fork(init)).getMessage();
            assertEquals("EAGAIN: every pid of the namespace is in use; wait for tasks to be released", why);
        }
        assertEquals(slots, kernel.slabCapacity());
        TaskStruct last = children.get(children.size() - 1);
        reap(last);
        assertEquals(300, fork(init).pid());
        assertEquals(List.of(), troubles);
    }

    @Test
    void anInnerNamespaceThatIsFullGivesTheOuterNumberBack() {
        kernel.pids().setPidMax(302);
        TaskStruct nsInit = kernel.fork().copyProcess(init, CloneFlags.CLONE_NEWPID);
        kernel.pids().setPidMax(PidNamespace.PID_MAX);
        for (int nr = 2; nr < 302; nr++) {
            fork(nsInit);
        }
        int next = fork(init).pid() + 1;
        assertTrue(assertThrows(IllegalStateException.class, () -> fork(nsInit))
                .getMessage()
                .startsWith("EAGAIN"));
        assertEquals(next, kernel.fork().copyProcess(init, 0, next).pid());
    }

    @Test
    void anOuterNumberThatIsTakenGivesTheInnerOneBack() {
        kernel.pids().setPidMax(302);
        TaskStruct nsInit = kernel.fork().copyProcess(init, CloneFlags.CLONE_NEWPID);
        kernel.pids().setPidMax(PidNamespace.PID_MAX);
        for (int nr = 2; nr < 301; nr++) {
            fork(nsInit);
        }
        assertThrows(IllegalStateException.class, () -> kernel.fork().copyProcess(nsInit, 0, nsInit.pid()));
        assertEquals(301, kernel.waits().nrSeenBy(nsInit, fork(nsInit)), "the last one that is free");
    }

    @Test
    void aFirstForkThatHasNoOuterNumberMayBeTriedAgain() {
        TaskStruct parent = fork(init);
        kernel.fork().unsharePidNs(parent);
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalStateException.class, () -> kernel.fork().copyProcess(parent, 0, parent.pid()));
        }
        TaskStruct nsInit = fork(parent);
        assertEquals(1, kernel.waits().nrSeenBy(nsInit, nsInit), "its namespace's init");
        TaskStruct child = fork(nsInit);
        TaskStruct orphan = fork(child);
        assertEquals(2, kernel.waits().nrSeenBy(nsInit, child));
        die(child);
        assertSame(nsInit, kernel.parentOf(orphan));
        assertEquals(2, kernel.waits().wait4(nsInit, -1, 0));
        die(orphan);
        assertEquals(3, kernel.waits().wait4(nsInit, -1, 0));
        die(nsInit);
        int pid = nsInit.pid();
        assertEquals(pid, kernel.waits().wait4(parent, -1, 0));
        graceperiods();
        assertEquals(3, freed.size());
        assertEquals(List.of(), troubles);
    }

    /** As in free_pid: its number 1 was there to be found, and nobody else becomes the init. */
    @Test
    void aFirstForkThatFailsLateEndsItsNamespace() {
        TaskStruct parent = fork(init);
        kernel.fork().unsharePidNs(parent);
        Fork failing = failingLate(p -> {});
        assertThrows(OutOfMemoryError.class, () -> failing.copyProcess(parent, 0));
        String why =
                assertThrows(IllegalStateException.class, () -> fork(parent)).getMessage();
        assertTrue(why.startsWith("ENOMEM"), why);
        kernel.fork().unsharePidNs(parent);
        TaskStruct nsInit = fork(parent);
        assertEquals(1, kernel.waits().nrSeenBy(nsInit, nsInit));
    }

    private Fork failingLate(Consumer<TaskStruct> before) {
        return new Fork(kernel) {
            @Override
            void beforeLinkIn(TaskStruct p) {
                before.accept(p);
                throw new OutOfMemoryError("on purpose");
            }
        };
    }

    /** A fork that fails late has been found: what a reader stands on serves nobody else, though a wait gets and puts it. */
    @Test
    void theMemoryOfANumberThatWasUndoneServesNobodyUnderAReader() {
        int next = fork(init).pid() + 1;
        List<Pid> found = new ArrayList<>();
        kernel.rcu().readLock();
        Fork failing = failingLate(p -> {
            Pid pid = init.activeNs().findPid(next);
            assertTrue(pid.getPid(), "as find_get_pid of a wait does");
            found.add(pid);
        });
        assertThrows(OutOfMemoryError.class, () -> failing.copyProcess(init, 0));
        Pid pid = found.get(0);
        assertNull(init.activeNs().findPid(next), "it is found no more");
        if (pid.putPid()) { // as the wait does at its end
            kernel.sparePids().add(pid);
        }
        List<TaskStruct> others = List.of(fork(init), fork(init));
        assertEquals(next, pid.nr(), "the reader's section is not over");
        for (TaskStruct other : others) {
            assertNotSame(pid, init.activeNs().findPid(other.pid()));
        }
        kernel.rcu().readUnlock();
    }

    /** Memory that cannot serve, as its reference was put once too often and somebody has it: no level loses a number. */
    @Test
    void memoryThatRefusesToServeLosesNoNumber() {
        TaskStruct nsInit = kernel.fork().copyProcess(init, CloneFlags.CLONE_NEWPID);
        for (int level = 0; level < 2; level++) {
            TaskStruct child = fork(nsInit);
            int outer = child.pid();
            PidNamespace ns = level == 0 ? init.activeNs() : nsInit.activeNs();
            int inNs = level == 0 ? outer : kernel.waits().nrSeenBy(nsInit, child);
            kernel.rcu().readLock();
            Upid upid = ns.firstOrNull();
            while (upid.key() != inNs) {
                upid = ns.nextOrNull(upid);
            }
            kernel.rcu().readUnlock();
            die(child);
            kernel.waits().wait4(nsInit, -1, 0);
            graceperiods();
            RcuIntTable<Upid> elsewhere = new RcuIntTable<>();
            elsewhere.put(upid);
            assertThrows(IllegalStateException.class, () -> fork(nsInit)); // in the slot that has that memory
            elsewhere.remove(upid);
            assertAllFreeAfter(nsInit.activeNs(), 1);
            assertAllFreeAfter(init.activeNs(), nsInit.pid());
        }
    }

    private void assertAllFreeAfter(PidNamespace ns, int last) {
        kernel.pidmapLock().lock();
        try {
            for (int nr = last + 1; nr < last + 20; nr++) {
                ns.giveBack(ns.take(nr)); // throws if somebody has it
            }
        } finally {
            kernel.pidmapLock().unlock();
        }
    }

    @Test
    void namespacesNest32Deep() {
        TaskStruct deepest = init;
        for (int level = 1; level <= 32; level++) {
            deepest = kernel.fork().copyProcess(deepest, CloneFlags.CLONE_NEWPID);
        }
        TaskStruct last = deepest;
        for (Executable deeper :
                List.<Executable>of(() -> kernel.fork().copyProcess(last, CloneFlags.CLONE_NEWPID), () -> kernel.fork()
                        .unsharePidNs(last))) {
            String why = assertThrows(IllegalStateException.class, deeper).getMessage();
            assertTrue(why.startsWith("ENOSPC"), why);
        }
        assertEquals(2, kernel.waits().nrSeenBy(last, fork(last)));
    }

    /** A namespace whose table takes no number, inside the outermost and around another. */
    private static final class FullNamespace extends PidNamespace {
        private boolean full = true;
        private int refused;

        FullNamespace(Kernel kernel, PidNamespace parent) {
            super(kernel, parent);
        }

        @Override
        void publish(Upid upid) {
            if (full) {
                refused = upid.pid.nr();
                throw new OutOfMemoryError("no memory for the table, says the test");
            }
            super.publish(upid);
        }
    }

    /** The number has its place in the inner table, and gets none in the one around it: all is as it was. */
    @Test
    void aNumberThatATableDoesNotTakeIsGivenBackByAll() {
        PidNamespace root = init.activeNs();
        FullNamespace around = new FullNamespace(kernel, root);
        PidNamespace inner = new PidNamespace(kernel, around);
        TaskStruct parent = fork(init);
        parent.nsForChildren = inner;
        int used = kernel.pids().pidAllocated();
        int slots = kernel.slabCapacity();
        for (int i = 0; i < 200; i++) {
            assertThrows(OutOfMemoryError.class, () -> fork(parent));
        }
        assertEquals(slots, kernel.slabCapacity(), "the slots serve again");
        assertEquals(used, kernel.pids().pidAllocated());
        kernel.rcu().readLock();
        assertNull(inner.findPid(1));
        assertNull(root.findPid(around.refused));
        kernel.rcu().readUnlock();
        kernel.pidmapLock().lock();
        assertEquals(List.of(0, 0), List.of(around.pidAllocated(), inner.pidAllocated()));
        root.take(around.refused); // it is free: else this throws
        root.giveBack(around.refused);
        kernel.pidmapLock().unlock();
        around.full = false;
        TaskStruct child = fork(parent);
        assertEquals(1, kernel.waits().nrSeenBy(child, child), "and so are the inner ones: it is an init");
        kernel.rcu().readLock();
        assertSame(child, inner.findPid(1).task());
        kernel.rcu().readUnlock();
    }

    @Test
    void pidMaxHasItsBounds() {
        assertEquals(4_194_304, kernel.pids().pidMax());
        for (int bad : new int[] {-1, 0, 300, 4_194_305}) {
            assertThrows(IllegalArgumentException.class, () -> kernel.pids().setPidMax(bad));
        }
        kernel.pids().setPidMax(301);
        assertEquals(301, kernel.pids().pidMax());
        assertThrows(IllegalArgumentException.class, () -> kernel.fork().copyProcess(init, 0, 301));
    }

    @Test
    void whoFindsANumberWhoseMemoryIsOnItsWayOutDoesNotGetIt() {
        TaskStruct child = fork(init);
        kernel.rcu().readLock();
        Pid found = child.activeNs().findPid(child.pid());
        reap(child);
        assertTrue(found.getPid(), "until the grace period is over the number's own reference is there");
        kernel.rcu().readUnlock();
        graceperiods();
        assertTrue(found.putPid());
        assertFalse(found.getPid());
        assertEquals(0, found.count.read());
    }

    @Test
    void theMemoryOfANumberServesAgainAfterAGracePeriodOnly() {
        TaskStruct child = fork(init);
        int pid = child.pid();
        kernel.rcu().readLock();
        Pid found = child.activeNs().findPid(pid);
        assertSame(child, found.task());
        reap(child);
        assertNull(found.task());
        assertEquals(pid, found.nr(), "a reader that has it sees the number that it had");
        assertTrue(found.getPid());
        kernel.rcu().readUnlock();
        graceperiods();
        assertTrue(child.isPoisoned());
        assertEquals(pid, found.nr(), "and one that holds it, for longer");
        assertTrue(found.putPid());
        TaskStruct next = fork(init);
        assertSame(child, next, "the slot serves again");
        kernel.rcu().readLock();
        assertNotSame(found, next.activeNs().findPid(next.pid()));
        kernel.rcu().readUnlock();
    }

    @Test
    void whatASlotsTaskLeavesItsNextTaskTakes() {
        TaskStruct child = fork(init);
        SignalStruct signal = child.signal;
        SighandStruct sighand = child.loadAcquireSighand();
        kernel.rcu().readLock();
        Pid pid = child.activeNs().findPid(child.pid());
        kernel.rcu().readUnlock();
        reap(child);
        graceperiods();
        TaskStruct next = fork(init);
        assertSame(child, next);
        assertSame(signal, next.signal);
        assertSame(sighand, next.loadAcquireSighand());
        kernel.rcu().readLock();
        assertSame(pid, next.activeNs().findPid(next.pid()));
        kernel.rcu().readUnlock();
        assertFalse(kernel.signals().fatalSignalPending(next));
    }

    @Test
    void aGroupsStructsOutliveTheirFirstTasksSlot() {
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        SignalStruct signal = leader.signal;
        die(leader);
        kernel.exec().deThread(thread); // releases the leader
        graceperiods();
        TaskStruct next = fork(init); // in its slot
        assertSame(leader, next);
        assertSame(signal, thread.signal);
        assertNotSame(signal, next.signal, "it is the thread's still");
        assertNotSame(thread.loadAcquireSighand(), next.loadAcquireSighand());
        assertNotEquals(thread.pid(), next.pid());
        kernel.rcu().readLock();
        assertSame(thread, kernel.pids().findTaskByPid(thread.pid()));
        assertSame(next, kernel.pids().findTaskByPid(next.pid()));
        kernel.rcu().readUnlock();
    }

    @Test
    void attachNeedsATaskThatTheTracerSees() {
        TaskStruct outside = fork(init);
        TaskStruct nsInit = kernel.fork().copyProcess(init, CloneFlags.CLONE_NEWPID);
        TaskStruct inside = fork(nsInit);
        assertFalse(kernel.ptrace().attach(inside, outside), "ESRCH");
        assertTrue(kernel.ptrace().attach(outside, inside));
        TaskStruct leader = fork(init);
        assertFalse(kernel.ptrace().attach(leader, thread(leader)), "EPERM: its own group");
        kernel.rcu().readLock();
        assertSame(inside, kernel.pids().findTaskByVpid(nsInit, 2));
        assertNull(kernel.pids().findTaskByVpid(nsInit, leader.pid()));
        kernel.rcu().readUnlock();
    }

    /** Reuse at its fastest: four numbers, lookups beside it. Whatever a lookup finds bears the number or has lost it. */
    @Test
    void lookupsBesideReuse() throws Exception {
        kernel.pids().setPidMax(304);
        for (int pid = 2; pid < 300; pid++) {
            fork(init);
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> wrong = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                for (int pid = 300; pid < 304; pid++) {
                    kernel.rcu().readLock();
                    try {
                        TaskStruct found = kernel.pids().findTaskByPid(pid);
                        if (found != null && (found.pid() != pid || found.isPoisoned())) {
                            wrong.set("looked for " + pid + ", found " + found);
                        }
                    } finally {
                        kernel.rcu().readUnlock();
                    }
                }
            }
        });
        reader.start();
        int most = 0;
        for (int i = 0; i < 5_000; i++) {
            TaskStruct child = fork(init);
            most = Math.max(most, child.pid());
            reap(child);
        }
        stop.set(true);
        reader.join();
        assertNull(wrong.get());
        assertEquals(303, most);
        graceperiods();
        assertEquals(5_000, freed.size());
        assertEquals(List.of(), troubles);
    }
}
