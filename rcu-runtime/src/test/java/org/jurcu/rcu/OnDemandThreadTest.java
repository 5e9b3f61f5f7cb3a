package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OnDemandThreadTest {
    private final AtomicInteger todo = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<Thread> worker = new AtomicReference<>();

    private OnDemandThread thread(Duration idle) {
        return new OnDemandThread("on-demand", idle.toNanos(), new OnDemandThread.Work() {
            @Override
            public boolean doSome() {
                worker.set(Thread.currentThread());
                if (todo.get() == 0) {
                    return false;
                }
                if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw new RcuCallTest.ExpectedError();
                }
                todo.decrementAndGet();
                done.incrementAndGet();
                return true;
            }

            @Override
            public boolean isPending() {
                return todo.get() > 0;
            }
        });
    }

    @Test
    void workThatFailsIsTriedAgain() {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        failures.set(2);
        todo.set(1);
        thread.signal();
        thread.close();
        assertEquals(1, done.get());
        assertEquals(0, failures.get());
        assertFalse(worker.get().isAlive());
    }

    @Test
    void closingWhatNeverStartedStartsNothing() {
        thread(Duration.ofSeconds(30)).close();
        assertNull(worker.get());
    }

    @Test
    void workThatComesAfterCloseIsStillDone() throws Exception {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        thread.close();
        todo.set(1);
        thread.signal();
        while (done.get() == 0) {
            Thread.onSpinWait();
        }
        worker.get().join();
        assertEquals(1, done.get());
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // the priority is what must not be inherited
    void itTakesNothingFromItsStarter() throws Exception {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        ThreadGroup group = new ThreadGroup("of an application");
        CountDownLatch started = new CountDownLatch(1);
        Thread starter = new Thread(group, () -> {
            todo.set(1);
            thread.signal();
            started.countDown();
        });
        starter.setPriority(Thread.MIN_PRIORITY);
        starter.start();
        started.await();
        while (done.get() == 0) {
            Thread.onSpinWait();
        }
        assertEquals(Thread.NORM_PRIORITY, worker.get().getPriority());
        assertNull(worker.get().getThreadGroup().getParent());
        assertTrue(worker.get().isDaemon());
        thread.close();
    }

    @Test
    void anInterruptOfTheCloserIsKept() {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        todo.set(1_000);
        thread.signal();
        Thread.currentThread().interrupt();
        thread.close();
        assertTrue(Thread.interrupted());
        assertEquals(1_000, done.get());
    }
}
