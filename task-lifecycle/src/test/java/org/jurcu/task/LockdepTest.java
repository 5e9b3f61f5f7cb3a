package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of docs/synchronization.md, broken on purpose, and kept beside it. */
@ResourceLock("lockdep")
class LockdepTest extends KernelFixture {
    /** What the caller may hold. */
    enum Hold {
        NOTHING,
        TASKLIST_READ,
        TASKLIST_WRITE,
        SIGLOCK,
        BOTH,
        PIDMAP,
        OTHER_SIGLOCK
    }

    private static final Set<Hold> ANY_TASKLIST = Set.of(Hold.TASKLIST_READ, Hold.TASKLIST_WRITE, Hold.BOTH);
    private static final Set<Hold> FOR_WRITING = Set.of(Hold.TASKLIST_WRITE, Hold.BOTH);
    private static final Set<Hold> SIGLOCKED = Set.of(Hold.SIGLOCK, Hold.BOTH);
    private static final Set<Hold> EITHER = union(ANY_TASKLIST, SIGLOCKED);
    private static final Set<Hold> EITHER_WRITING = union(FOR_WRITING, SIGLOCKED);
    private static final Set<Hold> ONLY_BOTH = Set.of(Hold.BOTH);
    private static final Set<Hold> PIDMAPPED = Set.of(Hold.PIDMAP);

    private static Set<Hold> union(Set<Hold> a, Set<Hold> b) {
        return Stream.concat(a.stream(), b.stream()).collect(Collectors.toSet());
    }

    /** One access to a field of a task that everybody knows: {@code allowed} with what, refused with all else. */
    record Access(String name, Set<Hold> allowed, Touch touch) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Touch {
        void touch(TaskStruct p);
    }

    /** The rows of §3 that a lock guards. Each access leaves the field as it was. */
    static List<Access> accesses() {
        List<Access> all = new ArrayList<>();
        all.add(new Access("TaskFields.threadPid", ANY_TASKLIST, TaskFields::threadPid));
        all.add(new Access("TaskFields.storeThreadPid", FOR_WRITING, p -> p.storeThreadPid(pidOf(p))));
        all.add(new Access("TaskFields.groupLeader", EITHER, TaskFields::groupLeader));
        all.add(new Access("TaskFields.storeGroupLeader", FOR_WRITING, p -> p.storeGroupLeader(p)));
        all.add(new Access("TaskFields.realParent", ANY_TASKLIST, TaskFields::realParent));
        all.add(new Access("TaskFields.storeRealParent", FOR_WRITING, p -> p.storeRealParent(p.kernel.init())));
        all.add(new Access("TaskFields.parent", ANY_TASKLIST, TaskFields::parent));
        all.add(new Access("TaskFields.storeParent", FOR_WRITING, p -> p.storeParent(p.kernel.init())));
        all.add(new Access("TaskFields.exitSignal", ANY_TASKLIST, TaskFields::exitSignal));
        all.add(new Access("TaskFields.storeExitSignal", FOR_WRITING, p -> p.storeExitSignal(TaskStruct.SIGCHLD)));
        all.add(new Access("TaskFields.ptraced", ANY_TASKLIST, TaskFields::ptraced));
        all.add(new Access("TaskFields.storePtraced", FOR_WRITING, p -> p.storePtraced(false)));
        all.add(new Access("TaskFields.exitKill", ANY_TASKLIST, TaskFields::exitKill));
        all.add(new Access("TaskFields.storeExitKill", FOR_WRITING, p -> p.storeExitKill(false)));
        all.add(new Access("TaskFields.storeExiting", SIGLOCKED, p -> p.storeExiting(false)));
        all.add(new Access("TaskFields.storeKilled", SIGLOCKED, p -> p.storeKilled(false)));
        all.add(new Access(
                "TaskStruct.storeReleaseSighand", ONLY_BOTH, p -> p.storeReleaseSighand(p.loadAcquireSighand())));
        all.add(new Access(
                "ListHead.first", ANY_TASKLIST, p -> p.kernel.init().children.first()));
        all.add(new Access(
                "ListHead.after", ANY_TASKLIST, p -> p.kernel.init().children.after(p.sibling)));
        all.add(new Access("ListHead.del", FOR_WRITING, p -> p.tracees.del()));
        all.add(new Access("ListHead.addTail", FOR_WRITING, p -> {
            p.kernel.init().tracees.addTail(p.ptraceEntry);
            p.ptraceEntry.del();
        }));
        all.add(new Access("ListHead.replaceBy", FOR_WRITING, p -> p.tracees.replaceBy(p.ptraceEntry)));
        all.add(new Access("ListHead.first of threads", EITHER, p -> p.signal.threads.first()));
        all.add(new Access("ListHead.after of threads", EITHER, p -> p.signal.threads.after(p.threadNode)));
        all.add(new Access("ListHead.del of threads", ONLY_BOTH, p -> {
            p.threadNode.del();
            p.signal.threads.addTail(p.threadNode);
        }));
        all.add(new Access("SignalStruct.nrThreads", EITHER, p -> p.signal.nrThreads()));
        all.add(new Access("SignalStruct.addNrThreads", ONLY_BOTH, p -> p.signal.addNrThreads(0)));
        all.add(new Access("SignalStruct.addQuickThreads", SIGLOCKED, p -> p.signal.addQuickThreads(0)));
        all.add(new Access("SignalStruct.groupExit", SIGLOCKED, p -> p.signal.groupExit()));
        all.add(new Access("SignalStruct.storeGroupExit", SIGLOCKED, p -> p.signal.storeGroupExit()));
        all.add(new Access("SignalStruct.notifyCount", EITHER, p -> p.signal.notifyCount()));
        all.add(new Access("SignalStruct.storeNotifyCount", EITHER_WRITING, p -> p.signal.storeNotifyCount(0)));
        all.add(new Access("SignalStruct.groupExecTask", EITHER, p -> p.signal.groupExecTask()));
        all.add(new Access("SignalStruct.storeGroupExecTask", SIGLOCKED, p -> p.signal.storeGroupExecTask(null)));
        all.add(new Access("SignalStruct.pgrp", ANY_TASKLIST, p -> p.signal.pgrp()));
        all.add(new Access(
                "SignalStruct.storePgrp",
                FOR_WRITING,
                p -> p.signal.storePgrp(p.kernel.init().signal.pgrp())));
        all.add(new Access("SignalStruct.session", ANY_TASKLIST, p -> p.signal.session()));
        all.add(new Access(
                "SignalStruct.storeSession",
                FOR_WRITING,
                p -> p.signal.storeSession(p.kernel.init().signal.session())));
        all.add(new Access(
                "SignalStruct.storeHasChildSubreaper", ANY_TASKLIST, p -> p.signal.storeHasChildSubreaper()));
        all.add(new Access("SignalStruct.storeSighand", ONLY_BOTH, p -> p.signal.storeSighand(p.loadAcquireSighand())));
        all.add(new Access(
                "SighandStruct.sigchld", SIGLOCKED, p -> p.loadAcquireSighand().sigchld()));
        all.add(new Access("SighandStruct.storeSigchld", SIGLOCKED, p -> p.loadAcquireSighand()
                .storeSigchld(SigchldAction.DEFAULT)));
        all.add(new Access("Pid.storeReleaseTask", FOR_WRITING, p -> pidOf(p).storeReleaseTask(p)));
        all.add(new Access("Pid.attach", FOR_WRITING, p -> pidOf(p).attach()));
        all.add(new Access("Pid.detach", FOR_WRITING, p -> {
            pidOf(p).attach();
            pidOf(p).detach();
        }));
        all.add(new Access("Pid.hasGroup", ANY_TASKLIST, p -> pidOf(p).hasGroup()));
        all.add(new Access("Pid.isInUse", ANY_TASKLIST, p -> pidOf(p).isInUse()));
        all.add(new Access("PidNamespace.childReaper", ANY_TASKLIST, p -> nsOf(p).childReaper()));
        all.add(new Access(
                "PidNamespace.storeChildReaper", FOR_WRITING, p -> nsOf(p).storeChildReaper(p.kernel.init())));
        all.add(new Access("PidNamespace.pidAllocated", PIDMAPPED, p -> nsOf(p).pidAllocated()));
        all.add(new Access("PidNamespace.take", PIDMAPPED, p -> nsOf(p).giveBack(nsOf(p).take(300))));
        all.add(new Access("PidNamespace.giveBack", PIDMAPPED, p -> nsOf(p).giveBack(300)));
        all.add(new Access("PidNamespace.allocPid", PIDMAPPED, p -> nsOf(p).giveBack(nsOf(p).allocPid())));
        all.add(new Access("PidNamespace.alloc", PIDMAPPED, p -> {
            PidNamespace ns = emptyNs(p);
            Upid upid = new Upid(pidOf(p));
            ns.alloc(upid, 0);
            assertEquals(1, upid.key());
        }));
        all.add(new Access("PidNamespace.publish", PIDMAPPED, p -> emptyNs(p).publish(new Upid(pidOf(p)))));
        all.add(new Access("PidNamespace.unpublish", PIDMAPPED, p -> emptyNs(p).unpublish(new Upid(pidOf(p)))));
        all.add(new Access("PidNamespace.freePid", PIDMAPPED, p -> emptyNs(p).freePid(new Upid(pidOf(p)))));
        all.add(new Access(
                "PidNamespace.resetIfEmpty", PIDMAPPED, p -> emptyNs(p).resetIfEmpty()));
        all.add(new Access("PidNamespace.storePidMax", PIDMAPPED, p -> nsOf(p).storePidMax(nsOf(p).pidMax())));
        all.add(new Access("PidNamespace.disablePidAllocation", Set.of(Hold.NOTHING), p -> emptyNs(p)
                .disablePidAllocation())); // takes the lock itself
        return all;
    }

    private static Pid pidOf(TaskStruct p) {
        return p.activeNs().findPid(p.pid());
    }

    private static PidNamespace emptyNs(TaskStruct p) {
        return new PidNamespace(p.kernel, nsOf(p));
    }

    private static PidNamespace nsOf(TaskStruct p) {
        return p.activeNs();
    }

    private TaskStruct task;
    private TaskStruct other;

    @BeforeEach
    void tasks() {
        assertTrue(Lockdep.ON, "the checker runs in tests");
        task = fork(init);
        other = fork(init);
        kernel.rcu().readLock(); // Pids are looked up
    }

    private void with(Hold hold, Runnable action) {
        SpinLock siglock = (hold == Hold.OTHER_SIGLOCK ? other : task).loadAcquireSighand().siglock;
        switch (hold) {
            case TASKLIST_READ -> kernel.tasklistLock().readLock();
            case TASKLIST_WRITE -> kernel.tasklistLock().writeLock();
            case BOTH -> {
                kernel.tasklistLock().writeLock();
                siglock.lock();
            }
            case SIGLOCK, OTHER_SIGLOCK -> siglock.lock();
            case PIDMAP -> kernel.pidmapLock().lock();
            case NOTHING -> {}
        }
        try {
            action.run();
        } finally {
            switch (hold) {
                case TASKLIST_READ -> kernel.tasklistLock().readUnlock();
                case TASKLIST_WRITE -> kernel.tasklistLock().writeUnlock();
                case BOTH -> {
                    siglock.unlock();
                    kernel.tasklistLock().writeUnlock();
                }
                case SIGLOCK, OTHER_SIGLOCK -> siglock.unlock();
                case PIDMAP -> kernel.pidmapLock().unlock();
                case NOTHING -> {}
            }
        }
    }

    private void endSection() {
        if (kernel.rcu().readLockHeld()) {
            kernel.rcu().readUnlock();
        }
    }

    @AfterEach
    @Override
    void close() {
        endSection();
        super.close();
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void aFieldIsTouchedWithItsGuardOnly(Access access) {
        for (Hold hold : Hold.values()) {
            if (access.allowed.contains(hold)) {
                with(hold, () -> access.touch.touch(task));
                assertEquals(List.of(), Lockdep.takeBreaches(), () -> access + " with " + hold);
            } else {
                assertThrows(
                        Lockdep.Breach.class,
                        () -> with(hold, () -> access.touch.touch(task)),
                        () -> access + " with " + hold);
                assertFalse(Lockdep.takeBreaches().isEmpty(), "and is written down, for a test that swallows it");
            }
        }
    }

    /** Accessors that check nothing, since no lock guards what they read: §3 says what does. */
    private static final Map<Class<?>, Set<String>> UNGUARDED = Map.of(
            TaskFields.class,
                    Set.of(
                            "activeNs",
                            "exiting",
                            "killed",
                            "addDead",
                            "pollDead",
                            "resetFields",
                            "clearFields",
                            "isLinked"),
            PidNamespace.class, Set.of("pidMax", "dying", "findPid", "firstOrNull", "nextOrNull", "isWithin"),
            SignalStruct.class,
                    Set.of(
                            "init",
                            "publish",
                            "live",
                            "incLive",
                            "decLiveAndTest",
                            "isChildSubreaper",
                            "storeIsChildSubreaper",
                            "hasChildSubreaper"));

    /** No accessor of a guarded class is missing above: those that check are found by being called without a lock. */
    @Test
    void everyAccessorIsTried() {
        Map<String, Set<String>> missing = new TreeMap<>();
        Set<String> tried =
                accesses().stream().map(a -> a.name.split(" ", -1)[0]).collect(Collectors.toSet());
        for (Class<?> type : List.of(TaskFields.class, SignalStruct.class, SighandStruct.class, PidNamespace.class)) {
            Set<String> names = Arrays.stream(type.getDeclaredMethods())
                    .filter(m -> !m.isSynthetic() && !java.lang.reflect.Modifier.isPrivate(m.getModifiers()))
                    .filter(m -> !java.lang.reflect.Modifier.isAbstract(m.getModifiers()))
                    .map(Method::getName)
                    .filter(name -> !name.startsWith("assert") && !name.startsWith("holds"))
                    .filter(name -> !UNGUARDED.getOrDefault(type, Set.of()).contains(name))
                    .filter(name -> !tried.contains(type.getSimpleName() + "." + name))
                    .collect(Collectors.toCollection(TreeSet::new));
            missing.put(type.getSimpleName(), names);
        }
        assertEquals(
                Map.of(
                        "TaskFields", // made of the accessors above
                        Set.of("delayGroupLeader", "isThreadGroupLeader", "ptraceReparented", "threadGroupEmpty"),
                        "SignalStruct", // with a lock of their own
                        Set.of("awaitChild", "prepareToWait", "wakeUpParent"),
                        "SighandStruct",
                        Set.of(),
                        "PidNamespace",
                        Set.of()),
                missing);
    }

    @Test
    void whatIsNotBornIsItsMakersAlone() {
        TaskStruct p = kernel.fork().dupTaskStruct();
        p.storeExitSignal(TaskStruct.SIGCHLD);
        p.storeParent(init);
        assertEquals(List.of(), Lockdep.takeBreaches());
        kernel.slab().free(p);
    }

    // ---- order ----

    @ParameterizedTest
    @EnumSource(LockClass.class)
    void locksAreTakenDownwardsOnly(LockClass outer) {
        for (LockClass inner : LockClass.values()) {
            SpinLock first = new SpinLock(outer, false);
            SpinLock second = new SpinLock(inner, false);
            first.lock();
            try {
                if (inner.compareTo(outer) > 0) {
                    second.lock();
                    second.unlock();
                } else {
                    Lockdep.Breach breach = assertThrows(Lockdep.Breach.class, second::lock);
                    assertEquals(
                            inner + " is taken while " + outer + " is held: docs/synchronization.md has the order",
                            breach.getMessage());
                }
            } finally {
                first.unlock();
            }
        }
        Lockdep.takeBreaches();
    }

    @Test
    void theReadSideIsNotTakenTwice() {
        RwLock tasklist = kernel.tasklistLock();
        tasklist.readLock();
        assertThrows(Lockdep.Breach.class, tasklist::readLock, "a writer may have come between");
        assertThrows(Lockdep.Breach.class, tasklist::writeLock, "it would wait for itself");
        tasklist.readUnlock();
        tasklist.writeLock();
        assertThrows(Lockdep.Breach.class, tasklist::readLock);
        tasklist.writeUnlock();
        Lockdep.takeBreaches();
    }

    @Test
    void aWatcherThatTakesTheKernelsLocksIsFound() {
        kernel.tasklistLock().writeLock();
        try {
            assertThrows(Lockdep.Breach.class, () -> kernel.parentOf(task));
            assertThrows(Lockdep.Breach.class, () -> fork(init), "pidmap_lock comes first");
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        Lockdep.takeBreaches();
    }

    @Test
    void onlyTheHolderUnlocks() {
        assertThrows(Lockdep.Breach.class, kernel.tasklistLock()::readUnlock);
        assertThrows(Lockdep.Breach.class, kernel.tasklistLock()::writeUnlock);
        assertThrows(Lockdep.Breach.class, kernel.pidmapLock()::unlock);
        Lockdep.takeBreaches();
    }

    @Test
    void aBreachOnAnotherThreadIsWrittenDown() throws InterruptedException {
        Thread stranger = new Thread(() -> task.parent());
        stranger.setUncaughtExceptionHandler((thread, e) -> {}); // swallowed
        stranger.start();
        stranger.join();
        assertEquals(
                List.of("parent is read without tasklist_lock: docs/synchronization.md says who may"),
                Lockdep.takeBreaches());
    }

    // ---- sleep ----

    private void assertNoSleep(Runnable sleeper) {
        assertThrows(Lockdep.Breach.class, sleeper::run, "inside an RCU section");
        endSection();
        kernel.pidmapLock().lock();
        try {
            assertThrows(Lockdep.Breach.class, sleeper::run, "with a lock held");
        } finally {
            kernel.pidmapLock().unlock();
        }
        Lockdep.takeBreaches();
    }

    @Test
    void nobodySleepsInAWaitCallWithALock() {
        assertThrows(Lockdep.Breach.class, () -> kernel.waits().wait4(init, task.pid(), 0), "inside an RCU section");
        endSection();
        SpinLock siglock = new SpinLock(LockClass.PIDMAP, false);
        siglock.lock();
        assertThrows(Lockdep.Breach.class, () -> kernel.waits().wait4(init, task.pid(), 0), "with a lock held");
        siglock.unlock();
        Lockdep.takeBreaches();
    }

    @Test
    void nobodySleepsInExecWithALock() {
        TaskStruct thread = thread(task);
        assertNoSleep(() -> kernel.exec().deThreadKillable(thread));
    }

    @Test
    void nobodyEmptiesANamespaceWithALock() {
        assertNoSleep(() -> kernel.exit().zapPidNsProcessesAndWait(task));
    }

    @Test
    void nobodyWaitsForTheLastGracePeriodWithALock() {
        assertNoSleep(kernel::close);
    }
}
