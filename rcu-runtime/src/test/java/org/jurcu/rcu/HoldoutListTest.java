package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("also-strict")
class HoldoutListTest {
    private final RcuReaders readers = new RcuReaders("list");
    private final CountDownLatch leave = new CountDownLatch(1);

    /** Starts a thread that holds {@code depth} sections until all leave. */
    private TestThread<Void> holdOut(int depth) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        TestThread<Void> thread = TestThread.startAction(() -> {
            RcuReader reader = readers.currentOrRegister();
            for (int i = 0; i < depth; i++) {
                reader.lock();
            }
            inside.countDown();
            leave.await();
            reader.leaveCompletely();
        });
        inside.await();
        return thread;
    }

    private HoldoutList list() {
        HoldoutList list = new HoldoutList();
        readers.listHoldouts(list);
        return list;
    }

    @Test
    void aHoldoutIsListedWithItsThreadAndNestingUntilItHasLeft() throws Exception {
        TestThread<Void> thread = holdOut(3);
        readers.beginGracePeriod();
        HoldoutList.Holdout holdout = list().listed().get(0);
        assertSame(thread.thread(), holdout.thread());
        assertEquals("test", holdout.name());
        assertEquals(3, holdout.nesting());
        assertEquals(1, list().total());
        leave.countDown();
        thread.result();
        readers.pollGracePeriod();
        assertEquals(0, list().total());
    }

    @Test
    void whoIsInsideButNotWaitedForIsNotListed() throws Exception {
        readers.beginGracePeriod();
        TestThread<Void> late = holdOut(1);
        readers.pollGracePeriod();
        assertEquals(0, list().total());
        leave.countDown();
        late.result();
    }

    /** Otherwise a reader that goes in again and again would be waited for without end. */
    @Test
    void whoWentInAgainIsNotWaitedForAgain() {
        RcuReader reader = readers.currentOrRegister();
        reader.lock();
        readers.beginGracePeriod();
        assertFalse(readers.pollGracePeriod());
        reader.unlock();
        reader.lock();
        assertTrue(readers.pollGracePeriod());
        reader.unlock();
    }

    @Test
    void holdoutsBeyondTheLongestListAreCounted() throws Exception {
        List<TestThread<Void>> threads = new ArrayList<>();
        for (int i = 0; i < HoldoutList.LONGEST + 3; i++) {
            threads.add(holdOut(1));
        }
        readers.beginGracePeriod();
        HoldoutList list = list();
        assertEquals(HoldoutList.LONGEST, list.listed().size());
        assertEquals(3, list.unlisted());
        list.addUnnamed(2);
        assertEquals(HoldoutList.LONGEST + 3 + 2, list.total());
        leave.countDown();
        for (TestThread<Void> thread : threads) {
            thread.result();
        }
    }
}
