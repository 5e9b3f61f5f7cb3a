package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool may erase its workers' thread locals between tasks, as the common pool does: a thread stays the same reader. */
@Tag("also-strict")
class ErasedThreadLocalsTest {
    private final RcuReaders readers = new RcuReaders("erased");
    private final Rcu rcu = Rcu.builder("erased").build(readers);

    /** The cache, too: a thread whose place in it is taken has only its thread local. */
    private void erase() {
        readers.current.remove();
        Arrays.fill(readers.cache(), null);
    }

    @Test
    void theCommonPoolsWorkersRegisterOnce() throws Exception {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        try (rcu) {
            for (int i = 0; i < 5_000; i++) {
                Exchanger<String> end = new Exchanger<>();
                ForkJoinPool.commonPool().execute(() -> {
                    String outcome = "done";
                    try {
                        workers.add(Thread.currentThread());
                        rcu.readLock();
                        rcu.readUnlock();
                    } catch (RuntimeException e) {
                        outcome = e.toString();
                    }
                    exchange(end, outcome);
                });
                assertEquals("done", exchange(end, ""));
            }
            int registered = rcu.stats().readersRegistered();
            assertTrue(registered > 0 && registered <= workers.size(), registered + " for " + workers);
        }
    }

    private static String exchange(Exchanger<String> exchanger, String mine) {
        try {
            return exchanger.exchange(mine, 30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aThreadIsRegisteredOnceHoweverOftenItForgets() {
        try (rcu) {
            for (int i = 0; i < 5_000; i++) {
                rcu.readLock();
                erase();
                rcu.readUnlock();
                erase();
            }
            assertEquals(1, rcu.stats().readersRegistered());
        }
    }

    @Test
    void aHandleFromBeforeIsStillTheThreads() {
        try (rcu) {
            RcuReader reader = rcu.register();
            erase();
            reader.lock();
            assertThrows(IllegalStateException.class, rcu::synchronize);
            erase();
            assertThrows(IllegalStateException.class, () -> rcu.synchronize(Duration.ZERO));
            erase();
            assertTrue(rcu.readLockHeld());
            erase();
            assertSame(reader, rcu.register());
            erase();
            rcu.readUnlock();
            assertFalse(reader.held());
            rcu.synchronize();
            reader.close();
            erase();
            reader.close();
            assertEquals(0, rcu.stats().readersRegistered());
        }
    }

    @Test
    void aSectionLeftOpenIsFoundAndEnded() {
        try (rcu) {
            rcu.readLock();
            rcu.readLock();
            erase();
            assertTrue(readers.leaveCompletely());
            erase();
            assertFalse(readers.leaveCompletely());
            assertTrue(rcu.synchronize(Duration.ZERO));
        }
    }

    @Test
    void aClosedHandleIsNotFoundAgain() {
        try (rcu) {
            RcuReader first = rcu.register();
            erase();
            first.close();
            erase();
            assertNull(readers.currentOrNull());
            RcuReader second = rcu.register();
            assertNotSame(first, second);
            first.close(); // closed already: touches nothing
            erase();
            assertSame(second, readers.currentOrNull());
            second.close();
        }
    }

    @Test
    void aThreadThatAskedBeforeItRegisteredIsFound() {
        try (rcu) {
            assertFalse(rcu.readLockHeld());
            rcu.synchronize();
            rcu.readLock();
            assertThrows(IllegalStateException.class, rcu::synchronize);
            erase();
            rcu.readUnlock();
            assertEquals(1, rcu.stats().readersRegistered());
        }
    }

    @Test
    void aThreadFindsOnlyItself() throws Exception {
        try (rcu) {
            rcu.readLock();
            TestThread.startAction(() -> {
                        assertNull(readers.currentOrNull());
                        rcu.readLock();
                        erase();
                        rcu.readUnlock();
                        assertEquals(2, rcu.stats().readersRegistered());
                    })
                    .result();
            rcu.readUnlock();
            rcu.synchronize();
            assertEquals(1, rcu.stats().readersRegistered(), "the entry of a dead thread goes with its record");
        }
    }

    @Test
    void aKeyIsItsThread() {
        Thread thread = Thread.currentThread();
        OwnerKey key = new OwnerKey(thread);
        assertEquals(key, new OwnerKey(thread));
        assertEquals(key.hashCode(), new OwnerKey(thread).hashCode());
        assertFalse(key.equals(new OwnerKey(new Thread())));
        OwnerKey cleared = new OwnerKey(thread);
        cleared.clear();
        assertEquals(cleared, cleared);
        OwnerKey alsoCleared = new OwnerKey(thread);
        alsoCleared.clear();
        assertFalse(cleared.equals(alsoCleared), "of two threads that are gone nobody knows that they were one");
    }
}
