package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.SlotDamage.Kind;
import org.jurcu.task.SlotDamage.Mode;

/** The union's callback list: whatever is done to its links, it ends, and the checker says what became of whom. */
@ResourceLock("refcount warnings")
class UnionCallbackListTest {
    private final LayoutKernel k = new LayoutKernel(TaskLayout.UNION);

    @AfterEach
    void close() {
        k.close();
    }

    private List<TaskStruct> queued(int n) {
        List<TaskStruct> tasks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            tasks.add(k.withOneUser(i & 1));
        }
        tasks.forEach(k::finalPut);
        return tasks;
    }

    /** Queues them inside a section: at most one grace period begins meanwhile, so that they run in two batches or one. */
    private List<TaskStruct> queuedTogether(int n) {
        k.kernel.rcu().readLock();
        return queued(n);
    }

    private void endSection() {
        k.kernel.rcu().readUnlock();
        k.graceperiods();
    }

    /** Who comes after {@code task} in the batch that is being walked, or null. */
    private TaskStruct next(TaskStruct task) {
        int index = UnionAddress.indexOf(task.rcuUsersWord());
        return index < 0 ? null : k.kernel.slab().slot(index);
    }

    private static UnionRcuUsers word(TaskStruct task) {
        return (UnionRcuUsers) task.rcuUsers;
    }

    @Test
    void whatRanAndIsBeingQueuedOnAnotherCpuIsNotLost() {
        UnionRcuUsers word = word(k.withOneUser(0));
        ShadowOrder order = new ShadowOrder();
        word.beginHead(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT);
        order.add(word);
        word.beginInvoke();
        word.init(1);
        word.beginHead(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT); // the other list has not come to its order yet
        List<UnionRcuUsers> lost = new ArrayList<>();
        order.forget(1, lost::add);
        assertEquals(List.of(), lost);
        order.add(word);
        order.forget(1, lost::add);
        assertEquals(List.of(word), lost, "it is queued, and its turn is over");
        word.beginInvoke();
    }

    @Test
    void manyWaitForOneGracePeriod() {
        queued(3);
        k.graceperiods();
        k.freed.clear();
        List<TaskStruct> tasks = queuedTogether(100);
        for (int i = 0; i < 99; i++) {
            assertEquals(tasks.get(i + 1), next(tasks.get(i)));
        }
        assertEquals(0, tasks.get(99).rcuUsersWord());
        assertTrue(tasks.get(90).tryGetTaskStructRcuUser());
        endSection();
        assertEquals(tasks.subList(0, 91), k.freed, "in their order, up to the damage");
        assertEquals(9, Collections.frequency(k.damage(), Kind.LOST_CALLBACK), "and each that is lost is named");
    }

    @Test
    void damageDoesNotSpreadToWhatIsQueuedLater() {
        List<TaskStruct> two = queuedTogether(2);
        assertTrue(two.get(0).tryGetTaskStructRcuUser());
        endSection();
        assertEquals(two.get(1), k.whose(Kind.LOST_CALLBACK));
        k.damage();
        queued(100);
        k.graceperiods();
        assertEquals(101, k.freed.size());
        assertEquals(List.of(), k.damage());
        assertEquals(List.of(), k.troubles);
    }

    @Test
    void aHeadThatIsQueuedTwiceCutsTheListBehindIt() {
        List<TaskStruct> two = queuedTogether(2);
        k.callRcu(two.get(0));
        assertEquals(List.of(Kind.QUEUED_TWICE), k.damage());
        assertEquals(0, two.get(0).rcuUsersWord(), "it was in the middle and is the end");
        assertEquals(two.get(0), next(two.get(1)));
        endSection();
        assertEquals(List.of(two.get(0)), k.freed);
        assertEquals(two.get(1), k.whose(Kind.LOST_CALLBACK));
    }

    @Test
    void aWalkThatGoesInCirclesIsStopped() {
        AtomicReference<TaskStruct> lost = new AtomicReference<>();
        k.onFree = task -> {
            TaskStruct second = next(task);
            TaskStruct third = second == null ? null : next(second);
            if (third != null && lost.compareAndSet(null, third)) {
                word(second).storeNext(word(task).address());
            }
        };
        queuedTogether(5); // three of them in one batch
        endSection();
        assertEquals(k.freed.size(), Set.copyOf(k.freed).size(), "each callback once");
        assertTrue(k.damage().containsAll(List.of(Kind.LINK_INTO_NOWHERE, Kind.LOST_CALLBACK)));
        assertEquals(Mode.QUEUED, word(lost.get()).mode());
        assertEquals(List.of(), k.warnings);
        assertEquals(List.of(), k.troubles);
    }

    @Test
    void aWalkDoesNotLeaveItsBatch() {
        AtomicReference<TaskStruct> early = new AtomicReference<>();
        k.onFree = task -> {
            TaskStruct last = next(task);
            if (last != null && next(last) == null && early.get() == null) {
                TaskStruct x = k.withOneUser(0);
                early.set(x);
                k.finalPut(x);
                word(last).storeNext(word(x).address());
                assertEquals(Mode.QUEUED, word(x).mode());
            } else if (task == early.get()) {
                assertEquals(List.of(Kind.LINK_INTO_NOWHERE), k.damage(), "the batch before it was accounted for");
                k.troubles.add("ran in its own batch");
            }
        };
        queuedTogether(3); // two of them in one batch
        endSection();
        k.graceperiods();
        assertEquals(4, k.freed.size());
        assertEquals(List.of("ran in its own batch"), k.troubles);
    }

    @Test
    void aSlotThatIsQueuedAgainWhileItsBatchRunsIsNotLost() {
        AtomicReference<TaskStruct> before = new AtomicReference<>();
        AtomicReference<TaskStruct> again = new AtomicReference<>();
        k.onFree = task -> {
            TaskStruct freed = before.getAndSet(task);
            if (freed != null && again.get() == null && next(freed) == task) {
                TaskStruct x = k.withOneUser(freed.index & 1);
                assertEquals(freed, x, "the slot that was freed last");
                again.set(x);
                k.finalPut(x);
            }
        };
        queuedTogether(3); // two of them in one batch
        endSection();
        k.graceperiods();
        assertEquals(4, k.freed.size());
        assertTrue(again.get().isPoisoned());
        assertEquals(List.of(), k.damage());
    }

    @Test
    void aGracePeriodThatHasEndedIsNotWaitedForAgain() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch mayEndFirst = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch mayEndSecond = new CountDownLatch(1);
        CountDownLatch third = new CountDownLatch(1);
        List<TaskStruct> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(k.withOneUser(0));
        }
        k.kernel.rcu().call(() -> stop(first, mayEndFirst));
        first.await();
        k.kernel.rcu().call(() -> stop(second, mayEndSecond));
        for (TaskStruct task : tasks.subList(0, 3)) { // a grace period each, all over
            k.finalPut(task);
            k.kernel.rcu().synchronize();
        }
        k.kernel.rcu().call(third::countDown);
        mayEndFirst.countDown();
        second.await();
        k.kernel.rcu().readLock();
        k.finalPut(tasks.get(3)); // whose grace period does not end
        mayEndSecond.countDown();
        third.await();
        assertEquals(tasks.subList(0, 3), k.freed);
        endSection();
        assertEquals(tasks, k.freed);
        assertEquals(List.of(), k.damage());
    }

    private static void stop(CountDownLatch here, CountDownLatch until) {
        here.countDown();
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCallbackThatThrowsIsNotTheEndOfItsBatch() {
        Kernel hostile = new Kernel("hostile", 1, TaskLayout.UNION, Tracepoints.NONE) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    void delayedPutTaskStruct(TaskStruct tsk) {
                        super.delayedPutTaskStruct(tsk);
                        throw new IllegalStateException("hostile");
                    }
                };
            }
        };
        try (hostile) {
            List<TaskStruct> tasks = new ArrayList<>();
            hostile.rcu().readLock();
            for (int i = 0; i < 5; i++) {
                TaskStruct task = hostile.fork().copyProcess(hostile.init(), 0);
                hostile.exit().doExit(task);
                hostile.scheduler().doTaskDead(task);
                hostile.waits().wait4(hostile.init(), task.pid(), 0);
                tasks.add(task);
            }
            hostile.rcu().readUnlock();
            hostile.rcu().barrier();
            tasks.forEach(task -> assertTrue(task.isPoisoned()));
        }
    }
}
