package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What sleeps until other tasks have gone, each task on a thread of its own. */
class SleepersTest extends KernelFixture {
    /** Runs as {@code task} until SIGKILL, and exits. */
    private Thread mortal(TaskStruct task) {
        Thread thread = new Thread(() -> {
            while (!kernel.signals().fatalSignalPending(task)) {
                Thread.onSpinWait();
            }
            die(task);
        });
        thread.start();
        return thread;
    }

    @Test
    void execKillsItsSiblingsAndTakesItsLeadersPlace() throws Exception {
        for (int round = 0; round < 200; round++) {
            TaskStruct leader = fork(init);
            TaskStruct me = thread(leader);
            int tgid = leader.pid();
            List<Thread> others = new ArrayList<>(List.of(mortal(leader), mortal(thread(leader)), mortal(thread(me))));
            kernel.exec().deThreadKillable(me);
            assertEquals(tgid, me.pid());
            for (Thread other : others) {
                other.join();
            }
            die(me);
            assertEquals(tgid, wait(init));
        }
        graceperiods();
        assertEquals(800, freed.size());
        assertEquals(List.of(), troubles);
    }

    @Test
    void execByTheLeaderKeepsItsPlace() throws Exception {
        TaskStruct leader = fork(init);
        Thread other = mortal(thread(leader));
        kernel.exec().deThreadKillable(leader);
        other.join();
        kernel.exec().deThreadKillable(leader); // alone
        die(leader);
        assertEquals(leader.pid(), wait(init));
    }

    @Test
    void whoIsKilledInExecGivesUp() throws Exception {
        TaskStruct leader = fork(init);
        TaskStruct me = thread(leader);
        TaskStruct other = thread(leader);
        FutureTask<Void> exec = new FutureTask<>(() -> kernel.exec().deThreadKillable(me), null);
        Thread thread = new Thread(exec);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait(); // it sleeps for the two
        }
        kernel.signals().sendSigkill(me);
        ExecutionException failed = assertThrows(ExecutionException.class, exec::get);
        assertTrue(failed.getCause().getMessage().startsWith("EAGAIN"), failed.getCause()::toString);
        for (TaskStruct task : List.of(me, other, leader)) {
            die(task);
        }
        assertEquals(leader.pid(), wait(init));
        graceperiods();
        assertEquals(3, freed.size());
    }

    @Test
    void aGroupThatExitsRunsNoOtherProgram() {
        TaskStruct leader = fork(init);
        TaskStruct me = thread(leader);
        kernel.signals().sendSigkill(leader);
        assertTrue(assertThrows(IllegalStateException.class, () -> kernel.exec().deThreadKillable(me))
                .getMessage()
                .startsWith("EAGAIN"));
    }

    /** The number of a group leads to a task at every moment while exec swaps two. */
    @Test
    void aLookupBesideExecFindsOneOrTheOther() throws Exception {
        TaskStruct first = fork(init);
        int tgid = first.pid();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> wrong = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                kernel.rcu().readLock();
                try {
                    if (kernel.pids().findTaskByPid(tgid) == null) {
                        wrong.set("nobody has the number " + tgid);
                    }
                } finally {
                    kernel.rcu().readUnlock();
                }
            }
        });
        reader.start();
        TaskStruct leader = first;
        for (int i = 0; i < 3_000; i++) {
            TaskStruct me = thread(leader);
            die(leader);
            kernel.exec().deThread(me);
            leader = me;
        }
        stop.set(true);
        reader.join();
        assertEquals(null, wrong.get());
        assertEquals(tgid, leader.pid());
    }

    @Test
    void anInitKillsItsNamespaceAndWaitsUntilItIsEmpty() throws Exception {
        for (int round = 0; round < 100; round++) {
            TaskStruct nsInit = kernel.fork().copyProcess(init, CloneFlags.CLONE_NEWPID);
            TaskStruct child = fork(nsInit);
            TaskStruct inner = kernel.fork().copyProcess(nsInit, CloneFlags.CLONE_NEWPID);
            TaskStruct leaf = fork(inner);
            List<Thread> others = new ArrayList<>(List.of(mortal(child), mortal(leaf), mortal(thread(child))));
            Thread innerInit = new Thread(() -> {
                while (!kernel.signals().fatalSignalPending(inner)) {
                    Thread.onSpinWait();
                }
                endInit(inner);
            });
            innerInit.start();
            others.add(innerInit);
            endInit(nsInit);
            assertEquals(nsInit.pid(), wait(init));
            for (Thread other : others) {
                other.join();
            }
        }
        graceperiods();
        assertEquals(500, freed.size());
        assertEquals(List.of(), troubles);
    }

    private void endInit(TaskStruct nsInit) {
        kernel.exit().exitSignals(nsInit);
        kernel.exit().zapPidNsProcessesAndWait(nsInit);
        kernel.exit().exitNotify(nsInit);
        lastSwitch(nsInit);
    }

    /** Forks race with the end of the namespace into which they go: each is refused, or killed and waited for. */
    @Test
    void noForkEscapesADyingNamespace() throws Exception {
        for (int round = 0; round < 200; round++) {
            TaskStruct outside = fork(init);
            kernel.fork().unsharePidNs(outside);
            TaskStruct nsInit = fork(outside);
            Thread forker = new Thread(() -> {
                for (; ; ) {
                    TaskStruct child;
                    try {
                        child = fork(outside);
                    } catch (IllegalStateException e) {
                        return; // ENOMEM
                    }
                    while (!kernel.signals().fatalSignalPending(child) && nsInit.exitState() == 0) {
                        Thread.onSpinWait();
                    }
                    if (kernel.signals().fatalSignalPending(child)) {
                        die(child);
                        kernel.waits().wait4(outside, child.pid(), 0);
                        continue;
                    }
                    throw new AssertionError("it outlived its namespace: " + child);
                }
            });
            AtomicReference<Throwable> escaped = new AtomicReference<>();
            forker.setUncaughtExceptionHandler((thread, e) -> escaped.set(e));
            forker.start();
            endInit(nsInit);
            forker.join();
            assertEquals(null, escaped.get());
            die(outside);
            assertNotNull(outside);
            while (wait(init) > 0) {
                // outside, and its children
            }
        }
    }

    /** The init dies when a fork into its namespace has its number already, and is not linked in. */
    @Test
    void aForkThatIsOvertakenByItsNamespacesEndIsRefused() {
        TaskStruct outside = fork(init);
        kernel.fork().unsharePidNs(outside);
        TaskStruct nsInit = fork(outside);
        AtomicBoolean overtaken = new AtomicBoolean();
        Fork fork = new Fork(kernel) {
            @Override
            void beforeLinkIn(TaskStruct p) {
                kernel.exit().exitSignals(nsInit);
                overtaken.set(!kernel.exit().zapPidNsProcesses(nsInit)); // the number is in use
            }
        };
        String why = assertThrows(IllegalStateException.class, () -> fork.copyProcess(outside, 0))
                .getMessage();
        assertTrue(why.startsWith("ENOMEM"), why);
        assertTrue(overtaken.get());
        assertTrue(kernel.exit().zapPidNsProcesses(nsInit), "the number was given back");
        kernel.exit().exitNotify(nsInit);
        assertEquals(TaskStruct.EXIT_ZOMBIE, nsInit.exitState());
    }

    /** The same for a signal that comes at that moment. */
    @Test
    void aForkThatIsOvertakenBySigkillIsRefused() {
        TaskStruct parent = fork(init);
        Fork fork = new Fork(kernel) {
            @Override
            void beforeLinkIn(TaskStruct p) {
                kernel.signals().sendSigkill(parent);
            }
        };
        String why = assertThrows(IllegalStateException.class, () -> fork.copyProcess(parent, 0))
                .getMessage();
        assertTrue(why.startsWith("EINTR"), why);
        die(parent);
        assertEquals(parent.pid(), wait(init));
    }

    @Test
    void exchangeTidsLeavesNeitherNumberEmpty() {
        TaskStruct leader = fork(init);
        TaskStruct me = thread(leader);
        int tgid = leader.pid();
        int tid = me.pid();
        List<TaskStruct> found = new ArrayList<>();
        Exec exec = new Exec(kernel) {
            @Override
            void betweenTids(TaskStruct tsk, TaskStruct old) {
                kernel.rcu().readLock();
                found.add(kernel.pids().findTaskByPid(tgid));
                found.add(kernel.pids().findTaskByPid(tid));
                kernel.rcu().readUnlock();
            }
        };
        die(leader);
        exec.deThread(me);
        assertEquals(List.of(me, me), found, "of one number the old task, or of both the same, but never nobody");
    }

    /** lock_task_sighand: exec gives the task other handlers between the look at the pointer and the lock. */
    @Test
    void theSighandIsReadAgainUnderItsLock() {
        TaskStruct parent = fork(init);
        TaskStruct sharer = kernel.fork().copyProcess(parent, CloneFlags.CLONE_SIGHAND);
        SighandStruct shared = sharer.loadAcquireSighand();
        AtomicBoolean once = new AtomicBoolean();
        Signals signals = new Signals(kernel) {
            @Override
            void beforeLock(TaskStruct task, SighandStruct sighand) {
                if (once.compareAndSet(false, true)) {
                    kernel.exec().beginNewExec(sharer); // unshares
                }
            }
        };
        signals.setSigchldAction(sharer, SigchldAction.IGNORE);
        assertTrue(once.get());
        assertEquals(
                SigchldAction.DEFAULT, kernel.signals().sigchldAction(parent), "the lock and the action were its own");
        assertEquals(SigchldAction.IGNORE, kernel.signals().sigchldAction(sharer));
        assertEquals(1, shared.count.read());
    }

    /** lock_task_sighand: the task is released in between, and its handlers serve another one at once. */
    @Test
    void aReleasedTasksSighandIsAnothers() {
        TaskStruct child = fork(init);
        AtomicReference<SighandStruct> reused = new AtomicReference<>();
        Signals signals = new Signals(kernel) {
            @Override
            void beforeLock(TaskStruct task, SighandStruct sighand) {
                exit(child);
                SleepersTest.this.wait(init);
                reused.set(sighand);
                sighand.count.setRelease(1); // as the next fork does
            }
        };
        assertThrows(IllegalStateException.class, () -> signals.setSigchldAction(child, SigchldAction.IGNORE));
        reused.get().siglock.lock();
        assertEquals(SigchldAction.DEFAULT, reused.get().sigchld(), "the next process has its own");
        reused.get().siglock.unlock();
    }
}
