package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.task.SlotDamage.Kind;

/**
 * docs/objection.md: what keeps a new reference away from the final put of each of release_task's callers, with it and
 * without it. In each family the victim's last switch is over, so that release_task drops its last rcu user.
 */
@ResourceLock("refcount warnings")
class ReleaseTaskCallersTest {
    private static final List<TaskLayout> LAYOUTS = List.of(TaskLayout.UNION, TaskLayout.SPLIT, TaskLayout.TAGGED);

    /** Who releases. */
    enum Caller {
        WAIT_TASK_ZOMBIE("wait4"),
        EXIT_NOTIFY("exitNotify"),
        FIND_CHILD_REAPER("findChildReaper"),
        DE_THREAD("deThread");

        private static final Set<String> STEPS =
                Arrays.stream(values()).map(c -> c.method).collect(Collectors.toSet());

        private final String method;

        Caller(String method) {
            this.method = method;
        }

        /** Which of them has called what runs. */
        static String nearest() {
            return StackWalker.getInstance()
                    .walk(frames -> frames.map(StackWalker.StackFrame::getMethodName)
                            .filter(STEPS::contains)
                            .findFirst())
                    .orElse("none");
        }
    }

    /** A zombie, who releases it, and another who would reap it if it could; the latter returns what wait4 does. */
    private record Family(TaskStruct victim, Runnable caller, IntSupplier otherReaper) {}

    private LayoutKernel k;
    private Family family;

    /** Whose callback comes behind the victim's. */
    private TaskStruct next;

    private static Stream<Arguments> callersAndLayouts() {
        return Stream.of(Caller.values()).flatMap(caller -> LAYOUTS.stream().map(on -> Arguments.of(caller, on)));
    }

    @AfterEach
    void close() {
        k.close();
    }

    private void make(Caller caller, TaskLayout layout) {
        k = new LayoutKernel(layout);
        next = k.withOneUser(0);
        family = family(caller);
        assertEquals(TaskStruct.EXIT_ZOMBIE, family.victim.exitState());
        assertEquals(1, family.victim.rcuUsers());
        k.kernel.rcu().readLock(); // nobody is freed while the word is looked at
    }

    private Family family(Caller caller) {
        TaskStruct init = k.kernel.init();
        switch (caller) {
            case WAIT_TASK_ZOMBIE -> {
                TaskStruct victim = die(fork(init));
                return new Family(victim, () -> wait(init), () -> wait(init));
            }
            case EXIT_NOTIFY -> {
                // An orphan that is a zombie already goes to an init that ignores its children.
                TaskStruct father = fork(init);
                TaskStruct victim = die(fork(father));
                k.kernel.signals().setSigchldAction(init, SigchldAction.IGNORE);
                return new Family(victim, () -> k.kernel.exit().doExit(father), () -> wait(init));
            }
            case FIND_CHILD_REAPER -> {
                // The init of a namespace ignores its children, and traced one that it has inherited.
                TaskStruct nsInit = k.kernel.fork().copyProcess(init, CloneFlags.CLONE_NEWPID);
                k.kernel.signals().setSigchldAction(nsInit, SigchldAction.IGNORE);
                TaskStruct father = fork(nsInit);
                TaskStruct victim = fork(father);
                assertTrue(k.kernel.ptrace().attach(nsInit, victim));
                die(victim);
                die(father);
                k.graceperiods();
                assertEquals(List.of(father), k.freed);
                k.freed.clear();
                return new Family(victim, () -> k.kernel.exit().doExit(nsInit), () -> wait(nsInit));
            }
            case DE_THREAD -> {
                // A thread execs in the place of its leader, whom somebody traces.
                TaskStruct leader = fork(init);
                TaskStruct thread =
                        k.kernel.fork().copyProcess(leader, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND);
                TaskStruct tracer = fork(init);
                assertTrue(k.kernel.ptrace().attach(tracer, leader));
                die(leader);
                return new Family(leader, () -> k.kernel.exec().deThread(thread), () -> wait(tracer));
            }
        }
        throw new IllegalArgumentException(caller.toString());
    }

    private TaskStruct fork(TaskStruct parent) {
        return k.kernel.fork().copyProcess(parent, 0);
    }

    private TaskStruct die(TaskStruct task) {
        k.kernel.exit().doExit(task);
        k.kernel.scheduler().doTaskDead(task);
        return task;
    }

    private int wait(TaskStruct parent) {
        return k.kernel.waits().wait4(parent, -1, Wait.WNOHANG | Wait.WALL);
    }

    private TaskStruct find(int pid) {
        return k.kernel.pids().findTaskByPid(pid);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void endSection() {
        k.kernel.rcu().readUnlock();
        k.graceperiods();
    }

    private void assertNoHarm(TaskStruct... freed) {
        assertEquals(List.of(freed), k.freed);
        assertEquals(List.of(), k.damage());
        assertEquals(List.of(), k.troubles);
    }

    /** The guarantee that an increment takes tasklist_lock is gone: the reader found the task, and comes back late. */
    @ParameterizedTest
    @MethodSource("callersAndLayouts")
    void aReaderWithoutTheLockComesLate(Caller caller, TaskLayout layout) {
        make(caller, layout);
        TaskStruct found = find(family.victim.pid());
        assertSame(family.victim, found);
        family.caller.run();
        k.finalPut(next); // behind it
        assertEquals(layout == TaskLayout.UNION, found.tryGetTaskStructRcuUser());
        if (layout == TaskLayout.UNION) {
            assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD, Kind.BOGUS_SUCCESS), k.damage());
            endSection();
            assertSame(next, k.whose(Kind.LOST_CALLBACK));
            assertEquals(List.of(found), k.freed, "although the reader believes that it holds it");
        } else {
            endSection();
            assertNoHarm(found, next);
        }
        assertEquals(List.of(), k.warnings);
    }

    /** Under tasklist_lock a task that is still hashed has not had its final put, and cannot get it. */
    @ParameterizedTest
    @MethodSource("callersAndLayouts")
    void underTheLockWhatIsHashedHasAUser(Caller caller, TaskLayout layout) throws InterruptedException {
        make(caller, layout);
        TaskStruct victim = family.victim;
        int pid = victim.pid();
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch locked = new CountDownLatch(1);
        k.onRelease = p -> {
            if (p == victim) {
                claimed.countDown();
                awaitUnchecked(locked);
            }
            return true;
        };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread releaser = new Thread(family.caller, "releaser");
        releaser.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
        releaser.start();
        claimed.await();
        k.kernel.tasklistLock().readLock();
        try {
            locked.countDown();
            while (k.kernel.tasklistLock().queued() == 0 && releaser.isAlive()) {
                Thread.onSpinWait(); // until release_task wants the lock, whose holder looks meanwhile
            }
            assertEquals(TaskStruct.EXIT_DEAD, victim.exitState());
            assertSame(victim, find(victim.pid()), "still hashed");
            assertTrue(victim.tryGetTaskStructRcuUser());
        } finally {
            k.kernel.tasklistLock().readUnlock();
        }
        releaser.join();
        assertNull(thrown.get());
        assertEquals(1, victim.rcuUsers(), "release_task's put was not the last");
        endSection();
        assertNoHarm();
        k.kernel.rcu().readLock();
        victim.putTaskStructRcuUser();
        k.finalPut(next);
        k.kernel.tasklistLock().readLock();
        try {
            assertNotSame(victim, find(pid), "so the rule lets nobody increment it any more");
            assertNotSame(victim, find(victim.pid()));
        } finally {
            k.kernel.tasklistLock().readUnlock();
        }
        endSection();
        assertNoHarm(victim, next);
        assertEquals(List.of(), k.warnings);
    }

    /** Between the claim of a zombie and its release, another reaper finds nothing. */
    @ParameterizedTest
    @MethodSource("callersAndLayouts")
    void whoHasClaimedItReleasesItAlone(Caller caller, TaskLayout layout) {
        make(caller, layout);
        AtomicInteger asked = new AtomicInteger();
        k.onRelease = p -> {
            if (p == family.victim) {
                asked.incrementAndGet();
                assertEquals(caller.method, Caller.nearest());
                assertEquals(TaskStruct.EXIT_DEAD, p.exitState());
                assertFalse(family.otherReaper.getAsInt() > 0, "EXIT_DEAD: nobody's to reap");
            }
            return true;
        };
        family.caller.run();
        assertEquals(1, asked.get());
        endSection();
        assertNoHarm(family.victim);
        assertEquals(List.of(), k.warnings);
    }

    /** The guarantee that one claims it is gone: the other reaper releases it, too. */
    @ParameterizedTest
    @MethodSource("callersAndLayouts")
    void withoutTheClaimTheFinalPutIsMadeTwice(Caller caller, TaskLayout layout) {
        make(caller, layout);
        k.onRelease = p -> {
            if (p != family.victim) {
                return true;
            }
            k.onRelease = other -> true;
            p.storeExitState(TaskStruct.EXIT_ZOMBIE);
            assertTrue(family.otherReaper.getAsInt() > 0, "so another reaps it");
            k.finalPut(next);
            p.putTaskStructRcuUser(); // the end of the first reaper's release_task; it would BUG before that
            return false;
        };
        family.caller.run();
        if (layout == TaskLayout.UNION) {
            assertEquals(next.rcuHeadAddress() - 1, family.victim.rcuUsersWord());
            assertEquals(List.of(Kind.COUNT_OP_ON_RCU_HEAD), k.damage());
            assertEquals(List.of(), k.warnings, "refcount_t sees nothing");
            endSection();
            assertSame(next, k.whose(Kind.LOST_CALLBACK));
        } else {
            assertEquals(List.of(RefcountWarning.SUB_UAF), k.warnings);
            endSection();
            assertNoHarm(family.victim, next);
        }
    }
}
