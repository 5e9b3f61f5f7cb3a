package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real threads without a seam: what must hold in every run. */
@ResourceLock(RecordedWarnings.LOCK)
class RefcountConcurrencyTest {
    private static final int THREADS = 4;

    private final RecordedWarnings warnings = new RecordedWarnings();

    @AfterEach
    void restore() {
        warnings.close();
    }

    @Test
    void noOperationIsLost() throws InterruptedException {
        int each = 50_000;
        Refcount refs = new Refcount(1);
        Workers.run(THREADS, () -> {
            for (int i = 0; i < each; i++) {
                refs.inc();
                if (!refs.incNotZero() || !refs.incNotZeroAcquire()) {
                    throw new AssertionError("refused a live count");
                }
                refs.dec();
                assertFalse(refs.decAndTest());
            }
        });
        assertEquals(1 + THREADS * each, refs.read());
        assertEquals(List.of(), warnings.kinds());
    }

    /** Whoever drops the last reference sees the plain writes that all others made before they dropped theirs. */
    @Test
    void theLastPutSeesWhatTheOthersWrote() throws InterruptedException {
        int rounds = 3000;
        AtomicReference<Shared> current = new AtomicReference<>(new Shared());
        AtomicInteger index = new AtomicInteger();
        AtomicInteger freed = new AtomicInteger();
        CyclicBarrier roundOver = new CyclicBarrier(THREADS, () -> current.setPlain(new Shared()));
        Workers.run(THREADS, () -> {
            int me = index.getAndIncrement();
            for (int round = 0; round < rounds; round++) {
                Shared shared = current.getPlain();
                shared.written[me * 16] = round + 1;
                if (shared.refs.decAndTest()) {
                    for (int other = 0; other < THREADS; other++) {
                        assertEquals(round + 1, shared.written[other * 16]);
                    }
                    freed.incrementAndGet();
                }
                roundOver.await();
            }
        });
        assertEquals(rounds, freed.get());
        assertEquals(List.of(), warnings.kinds());
    }

    /** A count that reached zero stays there for all who ask politely. */
    @Test
    void nobodyRevivesADeadObject() throws InterruptedException {
        int rounds = 3000;
        AtomicReference<Shared> current = new AtomicReference<>(new Shared());
        CyclicBarrier roundOver = new CyclicBarrier(THREADS, () -> {
            Shared done = current.getPlain();
            assertEquals(1, done.freed.get());
            assertEquals(0, done.refs.read());
            current.setPlain(new Shared());
        });
        Workers.run(THREADS, () -> {
            for (int round = 0; round < rounds; round++) {
                Shared shared = current.getPlain();
                shared.put();
                if (shared.refs.incNotZero()) {
                    assertEquals(0, shared.freed.get());
                    shared.put();
                }
                roundOver.await();
            }
        });
        assertEquals(List.of(), warnings.kinds());
    }

    /** An increment that slipped in between the look at the 1 and the 0 would be lost, and its put would show it. */
    @Test
    void decIfOneLosesNoIncrement() throws InterruptedException {
        Refcount refs = new Refcount(1);
        AtomicInteger index = new AtomicInteger();
        Workers.run(2, () -> {
            boolean taker = index.getAndIncrement() == 0;
            for (int i = 0; i < 1_000_000; i++) {
                if (taker) {
                    if (refs.decIfOne()) {
                        refs.setRelease(1);
                    }
                } else if (refs.incNotZero()) {
                    assertFalse(refs.decAndTest());
                }
            }
        });
        assertEquals(1, refs.read());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void anOverflowUnderFireEndsSaturated() throws InterruptedException {
        Refcount refs = new Refcount(Refcount.MAX);
        Workers.run(THREADS, () -> {
            for (int i = 0; i < 1000; i++) {
                refs.inc();
                if (refs.read() >= 0) {
                    throw new AssertionError("looks live again: " + refs);
                }
                assertFalse(refs.decAndTest());
            }
        });
        assertEquals(Refcount.SATURATED, refs.read());
    }

    private static final class Shared {
        final Refcount refs = new Refcount(THREADS);
        final int[] written = new int[THREADS * 16];
        final AtomicInteger freed = new AtomicInteger();

        void put() {
            if (refs.decAndTest()) {
                freed.incrementAndGet();
            }
        }
    }
}
