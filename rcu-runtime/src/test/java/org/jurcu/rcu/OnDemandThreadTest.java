package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.DomainCombiner;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OnDemandThreadTest {
    private final AtomicInteger todo = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<Thread> worker = new AtomicReference<>();

    private final AtomicInteger startsToFail = new AtomicInteger();
    private final AtomicInteger startsTried = new AtomicInteger();
    private final AtomicReference<Object> combiner = new AtomicReference<>();

    private void start(Thread thread) {
        startsTried.incrementAndGet();
        if (startsToFail.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new OutOfMemoryError("scripted: unable to create native thread");
        }
        thread.start();
    }

    private OnDemandThread thread(Duration idle) {
        return new OnDemandThread("on-demand", idle.toNanos(), work(), this::start);
    }

    private OnDemandThread.Work work() {
        return new OnDemandThread.Work() {
            @Override
            public boolean doSome() {
                worker.set(Thread.currentThread());
                combiner.set(currentCombiner());
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
        };
    }

    @SuppressWarnings("removal") // what must not be inherited is deprecated with the rest of it
    private static Object currentCombiner() {
        return AccessController.getContext().getDomainCombiner();
    }

    @Test
    void aSignalThatCannotStartTheThreadDoesNotThrowAndTheNextOneTriesAgain() {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        startsToFail.set(1);
        todo.set(1);
        thread.signal();
        assertNull(worker.get());
        thread.signal();
        while (done.get() == 0) {
            Thread.onSpinWait();
        }
        assertEquals(2, startsTried.get());
        thread.close();
    }

    /** Who brings work while the thread still runs does not call it: the look behind PARKED has to find it. */
    @Test
    @Timeout(20)
    void workThatCameJustBeforeItParkedIsFound() {
        AtomicReference<OnDemandThread> self = new AtomicReference<>();
        OnDemandThread.Work atTheLastMoment = new OnDemandThread.Work() {
            @Override
            public boolean doSome() {
                return todo.getAndSet(0) > 0 && done.incrementAndGet() > 0;
            }

            @Override
            public boolean isPending() {
                if (done.get() == 0 && isIdle(self.get())) {
                    todo.set(1);
                }
                return todo.get() > 0;
            }
        };
        self.set(new OnDemandThread("last-moment", Duration.ofSeconds(30).toNanos(), atTheLastMoment, this::start));
        self.get().signal();
        while (done.get() == 0) {
            assertFalse(Thread.interrupted(), "it parked beside work");
            Thread.onSpinWait();
        }
        self.get().close();
    }

    private static boolean isIdle(OnDemandThread thread) {
        return thread.calledAt(1) == 1 && thread.calledAt(2) == 2;
    }

    @Test
    void closeTriesAgainUntilTheThreadStarts() {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        startsToFail.set(12);
        todo.set(3);
        thread.signal();
        thread.close();
        assertEquals(3, done.get());
        assertEquals(13, startsTried.get());
        assertFalse(worker.get().isAlive());
    }

    @Test
    void failuresAreReportedEverMoreRarely() {
        AtomicInteger reports = new AtomicInteger();
        Logger logger = Logger.getLogger("org.jurcu.rcu"); // System.Logger's default is java.util.logging
        Handler counting = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                if (logged.getMessage().contains("on-demand")) {
                    reports.incrementAndGet();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(counting);
        try {
            OnDemandThread thread = thread(Duration.ofSeconds(30));
            startsToFail.set(15);
            failures.set(9);
            todo.set(1);
            for (int i = 0; i < 16; i++) {
                thread.signal();
            }
            thread.close();
        } finally {
            logger.removeHandler(counting);
        }
        assertEquals(1, done.get());
        assertEquals(8 + 8, reports.get()); // of 15 and 9; the next would be the sixteenth of either
    }

    @Test
    @SuppressWarnings("removal") // what must not be inherited is deprecated with the rest of it
    void itKeepsNoAccessControlContext() {
        OnDemandThread thread = thread(Duration.ofSeconds(30));
        DomainCombiner ofTheCaller = (current, assigned) -> current;
        AccessControlContext context = new AccessControlContext(AccessController.getContext(), ofTheCaller);
        todo.set(1);
        AccessController.doPrivileged(
                (PrivilegedAction<Void>) () -> {
                    thread.signal();
                    return null;
                },
                context);
        thread.close();
        assertEquals(1, done.get());
        assertNull(combiner.get());
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

    /** Work that comes when the thread has asked once in vain, and whose bringer does not call. */
    @Test
    void workThatComesRightBehindIsFoundWithoutACall() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch found = new CountDownLatch(1);
        OnDemandThread thread = new OnDemandThread(
                "lingering",
                Duration.ofDays(1).toNanos(),
                new OnDemandThread.Work() {
                    @Override
                    public boolean doSome() {
                        if (asked.get() < 2) {
                            return false;
                        }
                        found.countDown();
                        asked.set(Integer.MIN_VALUE);
                        return true;
                    }

                    @Override
                    public boolean isPending() { // the look behind PARKED would be the first, were there no others
                        return Thread.currentThread() == worker.get() && asked.incrementAndGet() >= 2;
                    }
                },
                fresh -> {
                    worker.set(fresh);
                    fresh.start();
                });
        thread.signal();
        found.await();
        thread.close();
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
