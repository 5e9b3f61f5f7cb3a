package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RecordedWarnings.LOCK)
class RefcountDecAndLockTest {
    private final RecordedWarnings warnings = new RecordedWarnings();

    @AfterEach
    void restore() {
        warnings.close();
    }

    @Test
    void takesTheLockForTheLastReferenceOnly() {
        Refcount refs = new Refcount(2);
        RacingLock lock = new RacingLock(() -> {});

        assertFalse(refs.decAndLock(lock));
        assertEquals(1, refs.read());
        assertEquals(0, lock.acquisitions());

        assertTrue(refs.decAndLock(lock));
        assertEquals(0, refs.read());
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void leavesZeroAloneButWarns() {
        Refcount refs = new Refcount(0);
        RacingLock lock = new RacingLock(() -> {});
        assertFalse(refs.decAndLock(lock));
        assertEquals(0, refs.read());
        assertEquals(0, lock.acquisitions());
        assertEquals(List.of(RefcountWarning.SUB_UAF), warnings.kinds());
    }

    @Test
    void leavesASaturatedCounterAloneInSilence() {
        Refcount refs = new Refcount(Refcount.SATURATED);
        RacingLock lock = new RacingLock(() -> {});
        assertFalse(refs.decAndLock(lock));
        assertEquals(Refcount.SATURATED, refs.read());
        assertEquals(0, lock.acquisitions());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void incrementBeforeTheLockKeepsTheObject() {
        Refcount refs = new Refcount(1);
        RacingLock lock = new RacingLock(() -> assertTrue(refs.incNotZero()));
        assertFalse(refs.decAndLock(lock));
        assertEquals(1, refs.read());
        assertEquals(1, lock.acquisitions());
        assertFalse(lock.isLocked());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void foreignPutOfTheLastReferenceBeforeTheLockIsAnUnderflow() {
        Refcount refs = new Refcount(1);
        RacingLock lock = new RacingLock(() -> assertTrue(refs.decAndTest()));
        assertFalse(refs.decAndLock(lock));
        assertEquals(Refcount.SATURATED, refs.read());
        assertFalse(lock.isLocked());
        assertEquals(List.of(RefcountWarning.SUB_UAF), warnings.kinds());
    }

    @Test
    void unlocksWhenTheHandlerThrowsUnderTheLock() {
        Refcount refs = new Refcount(1);
        RacingLock lock = new RacingLock(() -> refs.set(0));
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {
            throw new IllegalStateException(warning.text());
        });
        assertThrows(IllegalStateException.class, () -> refs.decAndLock(lock));
        assertEquals(Refcount.SATURATED, refs.read());
        assertEquals(1, lock.acquisitions());
        assertFalse(lock.isLocked());
    }

    @Test
    void refusesToWorkWithoutALock() {
        Refcount refs = new Refcount(2);
        assertThrows(NullPointerException.class, () -> refs.decAndLock(null));
        assertEquals(2, refs.read());
    }

    @Test
    void oneOfManyGetsTheLastReferenceWithTheLock() throws InterruptedException {
        int threads = 4;
        int rounds = 2000;
        Refcount refs = new Refcount(threads);
        ReentrantLock lock = new ReentrantLock();
        AtomicInteger last = new AtomicInteger();
        CyclicBarrier roundOver = new CyclicBarrier(threads, () -> refs.set(threads));
        Workers.run(threads, () -> {
            for (int i = 0; i < rounds; i++) {
                if (refs.decAndLock(lock)) {
                    assertTrue(lock.isHeldByCurrentThread());
                    assertEquals(0, refs.read());
                    last.incrementAndGet();
                    lock.unlock();
                }
                roundOver.await();
            }
        });
        assertEquals(rounds, last.get());
        assertEquals(List.of(), warnings.kinds());
    }

    /** Lets another thread act in the gap that decAndLock leaves: it has seen the last reference, and waits for the lock. */
    private static final class RacingLock extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        private final transient Runnable racer;
        private int acquisitions;

        RacingLock(Runnable racer) {
            this.racer = racer;
        }

        int acquisitions() {
            return acquisitions;
        }

        @Override
        public void lock() {
            Workers.runInOtherThread(racer);
            super.lock();
            acquisitions++;
        }
    }
}
