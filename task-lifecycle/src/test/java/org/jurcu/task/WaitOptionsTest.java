package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Which children a wait call is about, and what it does with them. */
class WaitOptionsTest extends KernelFixture {
    private int wait4(TaskStruct parent, int upid, int options) {
        return kernel.waits().wait4(parent, upid, Wait.WNOHANG | options);
    }

    @Test
    void wnohangReturnsAtOnce() {
        TaskStruct parent = fork(init);
        assertEquals(-Wait.ECHILD, wait4(parent, -1, 0));
        TaskStruct child = fork(parent);
        assertEquals(0, wait4(parent, -1, 0));
        assertEquals(0, wait4(parent, child.pid(), 0));
        die(child);
        assertEquals(child.pid(), wait4(parent, child.pid(), 0));
    }

    @Test
    void wnowaitReportsAsOftenAsOneLikesAndHoldsNothing() {
        TaskStruct parent = fork(init);
        TaskStruct child = fork(parent);
        int pid = child.pid();
        die(child);
        for (int upid : new int[] {-1, 0, pid, -kernel.groups().getpgid(parent, child)}) {
            assertEquals(pid, wait4(parent, upid, Wait.WNOWAIT));
            assertEquals(TaskStruct.EXIT_ZOMBIE, child.exitState());
            assertEquals(List.of(1, 1), List.of(child.rcuUsers(), child.usage()), "its usage was given back");
        }
        assertEquals(pid, wait4(parent, -1, 0));
        assertEquals(-Wait.ECHILD, wait4(parent, -1, Wait.WNOWAIT));
    }

    @Test
    void aReaperBetweenAWnowaitAndItsReportFreesNothing() {
        TaskStruct parent = fork(init);
        TaskStruct child = fork(parent);
        die(child);
        TaskStruct held = child.getTaskStruct(); // as wait_task_zombie does before it drops the lock
        assertEquals(child.pid(), wait4(parent, -1, 0));
        graceperiods();
        assertEquals(1, held.usage());
        held.putTaskStruct();
        graceperiods();
        assertTrue(held.isPoisoned());
    }

    @Test
    void childrenOfTheCallersGroup() {
        TaskStruct shell = fork(init);
        int group = kernel.groups().setpgid(shell);
        assertEquals(shell.pid(), group);
        TaskStruct mine = fork(shell);
        TaskStruct job = fork(shell);
        int jobGroup = kernel.groups().setpgid(job);
        TaskStruct jobs2nd = fork(shell);
        assertEquals(jobGroup, kernel.groups().setpgid(jobs2nd, job));
        assertEquals(
                List.of(group, jobGroup, jobGroup),
                List.of(
                        kernel.groups().getpgid(shell, mine),
                        kernel.groups().getpgid(shell, job),
                        kernel.groups().getpgid(shell, jobs2nd)));
        die(job);
        assertEquals(0, wait4(shell, 0, 0), "the job is of another group");
        die(mine);
        assertEquals(mine.pid(), wait4(shell, 0, 0));
        assertEquals(-Wait.ECHILD, wait4(shell, 0, 0));
        assertEquals(job.pid(), wait4(shell, -jobGroup, 0));
        assertEquals(0, wait4(shell, -jobGroup, 0), "its second process lives");
        die(jobs2nd);
        assertEquals(jobs2nd.pid(), wait4(shell, -jobGroup, 0));
        assertEquals(-Wait.ECHILD, wait4(shell, -jobGroup, 0), "there is no such group any more");
        assertEquals(-Wait.ESRCH, wait4(shell, Integer.MIN_VALUE, 0));
    }

    @Test
    void aGroupsNumberStaysInUseUntilItsLastProcessIsReleased() {
        TaskStruct leader = fork(init);
        int group = kernel.groups().setpgid(leader);
        TaskStruct member = fork(leader);
        die(leader);
        assertEquals(group, wait4(init, group, 0));
        graceperiods();
        kernel.rcu().readLock();
        assertEquals(null, kernel.pids().findTaskByPid(group), "the process is gone");
        kernel.rcu().readUnlock();
        assertThrows(IllegalStateException.class, () -> kernel.fork().copyProcess(init, 0, group), "in use");
        assertEquals(0, wait4(init, -group, 0), "init has inherited the member");
        die(member);
        assertEquals(member.pid(), wait4(init, -group, 0));
        assertEquals(group, kernel.fork().copyProcess(init, 0, group).pid());
    }

    @Test
    void aGroupThatIsLeftGivesItsNumberBack() {
        TaskStruct leader = fork(init);
        int group = kernel.groups().setpgid(leader);
        TaskStruct member = fork(leader);
        die(leader);
        assertEquals(group, wait4(init, group, 0));
        assertEquals(member.pid(), kernel.groups().setsid(member));
        assertEquals(group, kernel.fork().copyProcess(init, 0, group).pid());
    }

    @Test
    void sessions() {
        TaskStruct daemon = fork(init);
        int sid = kernel.groups().setsid(daemon);
        assertEquals(daemon.pid(), sid);
        TaskStruct child = fork(daemon);
        assertEquals(sid, kernel.groups().getsid(init, child));
        assertEquals(sid, kernel.groups().getpgid(init, child));
        assertThrows(IllegalStateException.class, () -> kernel.groups().setsid(daemon), "its number is a group's");
        assertThrows(IllegalStateException.class, () -> kernel.groups().setpgid(daemon), "it leads a session");
        assertThrows(IllegalStateException.class, () -> kernel.groups().setpgid(fork(init), child), "another session");
        TaskStruct nsInit = kernel.fork().copyProcess(daemon, CloneFlags.CLONE_NEWPID);
        assertEquals(0, kernel.groups().getsid(nsInit, nsInit), "not seen from inside");
        assertEquals(1, kernel.groups().setsid(nsInit));
    }

    @Test
    void wallAndWclone() {
        TaskStruct parent = fork(init);
        TaskStruct plain = fork(parent);
        TaskStruct odd = fork(parent);
        kernel.tasklistLock().writeLock();
        odd.storeExitSignal(0); // cloned without SIGCHLD
        kernel.tasklistLock().writeUnlock();
        die(plain);
        die(odd);
        assertEquals(-Wait.ECHILD, wait4(parent, plain.pid(), Wait.WCLONE));
        assertEquals(-Wait.ECHILD, wait4(parent, odd.pid(), 0));
        assertEquals(odd.pid(), wait4(parent, -1, Wait.WCLONE | Wait.WNOWAIT));
        assertEquals(plain.pid(), wait4(parent, -1, Wait.WNOWAIT));
        assertEquals(odd.pid(), wait4(parent, odd.pid(), Wait.WALL));
        assertEquals(plain.pid(), wait4(parent, -1, Wait.WALL));
    }

    @Test
    void byNumberATracerFindsWhatItTracesAndAThreadItsSiblingsChild() {
        TaskStruct leader = fork(init);
        TaskStruct thread = thread(leader);
        TaskStruct child = fork(thread);
        TaskStruct stranger = fork(init);
        assertEquals(-Wait.ECHILD, wait4(leader, stranger.pid(), 0));
        assertTrue(kernel.ptrace().attach(leader, stranger));
        assertEquals(0, wait4(thread, stranger.pid(), 0));
        assertEquals(-Wait.ECHILD, wait4(leader, child.pid(), Wait.WNOTHREAD));
        die(child);
        assertEquals(child.pid(), wait4(leader, child.pid(), 0));
        die(stranger);
        assertEquals(stranger.pid(), wait4(leader, stranger.pid(), 0));
    }

    @Test
    void aNumberThatIsUsedAgainIsNoLongerTheChildThatAWaitBeganWith() throws Exception {
        TaskStruct parent = fork(init);
        TaskStruct sibling = thread(parent);
        TaskStruct child = fork(parent);
        int pid = child.pid();
        FutureTask<Integer> blocked = new FutureTask<>(() -> kernel.waits().wait4(parent, pid, 0));
        Thread waiter = new Thread(blocked);
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait(); // it sleeps for the child
        }
        exit(child);
        int byOther = wait4(sibling, pid, 0); // one of the two has it
        int byWaiter = blocked.get();
        assertEquals(
                List.of(pid, -Wait.ECHILD), byOther == pid ? List.of(byOther, byWaiter) : List.of(byWaiter, byOther));
    }

    @Test
    void aFatalSignalEndsASleepInWait() throws Exception {
        TaskStruct parent = fork(init);
        TaskStruct child = fork(parent);
        FutureTask<Integer> blocked = new FutureTask<>(() -> kernel.waits().wait4(parent, -1, 0));
        Thread waiter = new Thread(blocked);
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait(); // it sleeps for the child
        }
        assertTrue(kernel.signals().sendSigkill(parent));
        assertEquals(-Wait.ERESTARTSYS, blocked.get());
        assertEquals(0, wait4(parent, -1, 0), "a look is allowed");
        assertEquals(0, child.exitState());
    }
}
