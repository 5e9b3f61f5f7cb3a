package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever a virtual thread may do, on platform threads: nothing in it depends on the kind of the thread. */
class VirtualReadersTest {
    private final Epoch epoch = new Epoch();
    private final VirtualReaders readers = new VirtualReaders("virtual", epoch, 2);

    @Test
    void theirStripesFollowTheDomainsProcessors() {
        for (int processors : new int[] {1, 16}) {
            try (Rcu rcu = Rcu.builder("virtual").processors(processors).build()) {
                assertEquals(
                        2 * SectionCounters.stripesFor(processors),
                        rcu.readers.virtualReaders().counters.slots());
            }
        }
    }

    @Test
    void sectionsNestAndTheOutermostIsWaitedFor() {
        readers.enter();
        readers.enter();
        readers.begin();
        assertFalse(readers.poll());
        assertTrue(readers.exit());
        assertTrue(readers.callerIsInside());
        assertFalse(readers.poll());
        assertTrue(readers.exit());
        assertFalse(readers.callerIsInside());
        assertTrue(readers.poll());
        assertFalse(readers.exit(), "an exit too many is refused");
        readers.begin();
        assertTrue(readers.poll(), "and changes nothing");
    }

    @Test
    void aNestedSectionStaysWhereTheOutermostIsCounted() {
        readers.enter();
        readers.begin();
        assertFalse(readers.poll()); // has flipped
        readers.enter();
        readers.exit();
        assertFalse(readers.poll());
        readers.exit();
        assertTrue(readers.poll());
    }

    @Test
    void aClosedDomainRefusesAndNothingStaysCounted() {
        readers.enter();
        readers.exit();
        epoch.close();
        assertThrows(IllegalStateException.class, readers::enter);
        readers.begin();
        assertTrue(readers.poll());
        assertFalse(readers.callerIsInside());
    }

    @Test
    void whoDiedInsideIsFoundAfterAWhileAndCountedOnce() throws Exception {
        TestThread.startAction(readers::enter).result();
        readers.begin();
        while (!readers.poll()) {
            Thread.onSpinWait();
        }
        assertEquals(1, readers.diedInside());
        assertEquals(0, readers.remembered());
        readers.begin();
        assertTrue(readers.poll());
        assertEquals(1, readers.diedInside());
    }

    @Test
    void whoDiedOutsideIsForgottenInSilence() throws Exception {
        for (int i = 0; i < 20; i++) {
            TestThread.startAction(() -> {
                        readers.enter();
                        readers.exit();
                    })
                    .result();
        }
        while (readers.remembered() > 0) { // the test's time limit ends this
            System.gc();
            readers.begin();
            assertTrue(readers.poll());
            Thread.sleep(10); // the collector's pace; nothing is decided by it
        }
        assertEquals(0, readers.diedInside());
    }

    @Test
    void whoComesNextForgetsTheCollectedToo() throws Exception {
        TestThread.startAction(readers::enter).result();
        while (readers.diedInside() == 0) { // the test's time limit ends this
            System.gc();
            TestThread.startAction(() -> {
                        readers.enter();
                        readers.exit();
                    })
                    .result();
        }
        readers.begin();
        assertTrue(readers.poll(), "the section of the collected thread has been ended");
    }

    @Test
    void holdoutsAreListedByThread() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        TestThread<Void> thread = TestThread.startAction(() -> {
            readers.enter();
            readers.enter();
            inside.countDown();
            leave.await();
            readers.exit();
            readers.exit();
        });
        inside.await();
        readers.begin();
        assertFalse(readers.poll());
        readers.enter(); // behind the flip: not waited for
        HoldoutList list = new HoldoutList();
        readers.listHoldouts(list);
        assertEquals(1, list.total());
        HoldoutList.Holdout holdout = list.listed().get(0);
        assertSame(thread.thread(), holdout.thread());
        assertEquals("test", holdout.name());
        assertEquals(2, holdout.nesting());
        readers.exit();
        leave.countDown();
        thread.result();
        assertTrue(readers.poll());
    }
}
