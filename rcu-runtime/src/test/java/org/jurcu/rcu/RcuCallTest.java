package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RcuCallTest {
    private final Rcu rcu = Rcu.create("call");

    @AfterEach
    void close() {
        rcu.close();
    }

    @Test
    void aCallbackWaitsForTheSectionsOfThePast() throws Exception {
        OpenSection section = new OpenSection(rcu);
        AtomicBoolean ran = new AtomicBoolean();
        rcu.call(() -> ran.set(true));
        TestThread<Void> barrier = TestThread.startAction(rcu::barrier);
        barrier.awaitParked();
        assertFalse(ran.get());
        assertEquals(1, rcu.stats().backlog());
        assertTrue(rcu.stats().backlogAgeNanos() > 0);
        section.leave();
        barrier.result();
        assertTrue(ran.get());
        assertEquals(0, rcu.stats().backlog());
        assertEquals(0, rcu.stats().backlogAgeNanos());
    }

    @Test
    void itMayBeCalledInsideASection() {
        AtomicBoolean ran = new AtomicBoolean();
        rcu.readLock();
        rcu.call(() -> ran.set(true));
        assertFalse(ran.get());
        rcu.readUnlock();
        rcu.barrier();
        assertTrue(ran.get());
    }

    @Test
    void aThrowingCallbackLosesNoOther() {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            rcu.call(ran::incrementAndGet);
            rcu.call(() -> {
                throw new ExpectedError();
            });
        }
        rcu.barrier();
        assertEquals(100, ran.get());
        assertEquals(100, rcu.stats().callbackFailures());
        assertEquals(200, rcu.stats().callbacksInvoked());
        rcu.call(ran::incrementAndGet);
        rcu.barrier();
        assertEquals(101, ran.get());
    }

    @Test
    void aCallbackMayQueueItselfAgain() {
        AtomicInteger runs = new AtomicInteger();
        RcuHead head = new RcuHead() {
            @Override
            public void invoke() {
                if (runs.incrementAndGet() < 5) {
                    rcu.call(this);
                }
            }
        };
        rcu.call(head);
        for (int i = 0; i < 5; i++) {
            rcu.barrier(); // as many as the chain is deep
        }
        assertEquals(5, runs.get());
        assertTrue(rcu.stats().gracePeriods() >= 5, "each link waits for a grace period of its own");
    }

    @Test
    void aBarrierWaitsForOneLinkOfAChain() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RcuHead head = new RcuHead() {
            @Override
            public void invoke() {
                if (runs.incrementAndGet() == 1) {
                    running.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    rcu.call(this);
                }
            }
        };
        rcu.call(head);
        running.await();
        TestThread<Void> barrier = TestThread.startAction(rcu::barrier);
        barrier.awaitParked();
        OpenSection section = new OpenSection(rcu); // the second link must wait for it
        goOn.countDown();
        barrier.result();
        assertEquals(1, runs.get());
        assertEquals(1, rcu.stats().backlog());
        section.leave();
        rcu.barrier();
        assertEquals(2, runs.get());
    }

    @Test
    void aCallOutlivesItsCaller() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        OpenSection section = new OpenSection(rcu);
        TestThread.startAction(() -> {
                    rcu.readLock();
                    rcu.call(() -> ran.set(true));
                    rcu.readUnlock();
                })
                .result(); // it is dead now
        assertFalse(ran.get());
        section.leave();
        rcu.barrier();
        assertTrue(ran.get());
    }

    @Test
    void theReclaimerCarriesNothingOfItsCreator() throws Exception {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        inherited.set("of the creator");
        try {
            AtomicReference<Thread> thread = new AtomicReference<>();
            AtomicReference<String> seen = new AtomicReference<>("nothing");
            rcu.call(() -> {
                thread.set(Thread.currentThread());
                seen.set(inherited.get());
            });
            rcu.barrier();
            assertNull(seen.get());
            assertNull(thread.get().getContextClassLoader());
            assertTrue(thread.get().isDaemon());
            assertEquals("jurcu-call", thread.get().getName());
            rcu.close();
            assertFalse(thread.get().isAlive(), "close() ends the thread");
        } finally {
            inherited.remove();
        }
    }

    @Test
    void aSectionThatACallbackLeavesOpenIsEnded() {
        AtomicBoolean held = new AtomicBoolean(true);
        rcu.call(() -> {
            rcu.readLock();
            rcu.readLock();
        });
        rcu.call(() -> held.set(rcu.readLockHeld()));
        rcu.barrier();
        assertFalse(held.get());
        held.set(true); // and again, now that the thread is known as a reader
        rcu.call(rcu::readLock);
        rcu.call(() -> held.set(rcu.readLockHeld()));
        rcu.barrier();
        assertFalse(held.get());
    }

    @Test
    void aCallbackMaySynchronizeButNotJoinItself() {
        AtomicReference<Throwable> fromBarrier = new AtomicReference<>();
        AtomicReference<Throwable> fromClose = new AtomicReference<>();
        AtomicBoolean synchronizedOnce = new AtomicBoolean();
        rcu.call(() -> {
            rcu.synchronize();
            synchronizedOnce.set(true);
            fromBarrier.set(assertThrows(IllegalStateException.class, rcu::barrier));
            fromClose.set(assertThrows(IllegalStateException.class, rcu::close));
        });
        rcu.barrier();
        assertTrue(synchronizedOnce.get());
        assertEquals(0, rcu.stats().callbackFailures());
        assertTrue(fromBarrier.get().getMessage().contains("another thread"));
        assertTrue(fromClose.get().getMessage().contains("another thread"));
    }

    @Test
    void aBarrierWithNothingQueuedNeedsNoGracePeriod() throws Exception {
        OpenSection section = new OpenSection(rcu);
        rcu.barrier();
        section.leave();
        assertEquals(0, rcu.stats().gracePeriods());
    }

    @Test
    void aBarrierWaitsForTheCallbackNotOnlyForTheGracePeriod() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        rcu.call(() -> {
            running.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ended.set(true);
        });
        running.await();
        TestThread<Boolean> barrier = TestThread.start(() -> {
            rcu.barrier();
            return ended.get();
        });
        rcu.synchronize();
        barrier.awaitParked();
        assertFalse(ended.get(), "synchronize() waits for readers only");
        barrier.thread().interrupt();
        mayEnd.countDown();
        assertTrue(barrier.result());
    }

    @Test
    void manyProducersLoseNothing() throws Exception {
        int producers = 4;
        int each = 50_000;
        AtomicInteger ran = new AtomicInteger();
        RcuHead head = ran::incrementAndGet;
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        TestThread<Void>[] threads = new TestThread[producers];
        for (int i = 0; i < producers; i++) {
            threads[i] = TestThread.startAction(() -> {
                for (int n = 0; n < each; n++) {
                    rcu.call(head);
                    if (n % 10_000 == 0) {
                        rcu.barrier();
                    }
                }
                rcu.barrier();
            });
        }
        for (TestThread<Void> thread : threads) {
            thread.result();
        }
        assertEquals(producers * each, ran.get());
        assertEquals(0, rcu.stats().backlog());
    }

    @Test
    void aFloodBeyondTheRingsIsNotRefused() throws Exception {
        int flood = CallbackStripe.RING_LIMIT * 2 + 1;
        AtomicInteger ran = new AtomicInteger();
        RcuHead head = ran::incrementAndGet;
        OpenSection section = new OpenSection(rcu);
        rcu.call(head); // lets the reclaimer look, and wait for the section
        for (int i = 1; i < flood; i++) {
            rcu.call(head);
        }
        assertEquals(flood, rcu.stats().backlog());
        section.leave();
        rcu.barrier();
        assertEquals(flood, ran.get());
    }

    @Test
    void closeRunsWhatIsQueuedAndWhatThatQueues() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        OpenSection section = new OpenSection(rcu);
        rcu.call(() -> rcu.call(() -> rcu.call(ran::incrementAndGet)));
        TestThread<Void> closer = TestThread.startAction(rcu::close);
        closer.awaitParked();
        TestThread<Void> second = TestThread.startAction(rcu::close);
        second.awaitParked();
        assertThrows(IllegalStateException.class, () -> rcu.call(ran::incrementAndGet));
        assertThrows(IllegalStateException.class, rcu::barrier);
        section.leave();
        closer.result();
        second.result();
        assertEquals(1, ran.get());
        assertThrows(IllegalStateException.class, () -> rcu.call(ran::incrementAndGet));
        assertThrows(IllegalStateException.class, rcu::readLock);
        assertThrows(IllegalStateException.class, rcu::register);
        assertFalse(rcu.readLockHeld());
        assertEquals(0, rcu.stats().backlog());
        rcu.close();
    }

    /** Expected in the log; without a stack trace it is short there. */
    static final class ExpectedError extends Error {
        private static final long serialVersionUID = 1;

        ExpectedError() {
            super("expected by a test", null, false, false);
        }
    }
}
