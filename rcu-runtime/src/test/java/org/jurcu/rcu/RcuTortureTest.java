package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Readers follow a pointer that updaters keep replacing; what is replaced is poisoned after a grace period and used
 * again. A reader that sees poison, or an element that changed under it, has found a grace period that was too short.
 */
class RcuTortureTest {
    private static final int UPDATES = 300;

    private final Queue<Element> pool = new ConcurrentLinkedQueue<>();
    private final RcuReference<Element> current = new RcuReference<>(new Element().allocate(0));
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong generations = new AtomicLong();
    private final AtomicLong sections = new AtomicLong();

    @Test
    void noSectionSeesAnElementDie() throws Exception {
        Rcu rcu = Rcu.builder("torture").firstSequence(-4 * 100).build();
        List<TestThread<Void>> readers = new ArrayList<>();
        readers.add(TestThread.startAction(() -> readWithHandle(rcu)));
        readers.add(TestThread.startAction(() -> readImplicitly(rcu)));
        readers.add(TestThread.startAction(() -> readAndRegisterAgain(rcu)));
        readers.add(TestThread.startAction(() -> readOnThreadsThatComeAndGo(rcu)));
        List<TestThread<Void>> updaters = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            updaters.add(TestThread.startAction(() -> {
                for (int i = 0; i < UPDATES || sections.get() < UPDATES; i++) {
                    Element old = current.getAndAssign(next());
                    retire(rcu, old, random.nextInt(6));
                }
            }));
        }
        for (TestThread<Void> updater : updaters) {
            updater.result();
        }
        rcu.close();
        stop.set(true);
        for (TestThread<Void> reader : readers) {
            reader.result();
        }
        assertEquals(0, violations.get());
        assertTrue(sections.get() >= UPDATES, "too few sections to say anything: " + sections.get());
        RcuStats stats = rcu.stats();
        assertEquals(0, stats.backlog());
        assertEquals(0, stats.callbackFailures());
        assertEquals(0, stats.readersDiedInside());
        assertTrue(stats.gracePeriods() > 100, "the sequence has wrapped: " + stats);
    }

    @Test
    void theTortureCatchesAnUpdaterThatDoesNotWait() throws Exception {
        try (Rcu rcu = Rcu.create("impatient")) {
            TestThread<Void> reader = TestThread.startAction(() -> readWithHandle(rcu));
            while (violations.get() == 0) {
                current.getAndAssign(next()).free();
            }
            stop.set(true);
            reader.result();
        }
    }

    private Element next() {
        Element element = pool.poll();
        return (element == null ? new Element() : element).allocate(generations.incrementAndGet());
    }

    private void retire(Rcu rcu, Element old, int how) {
        switch (how) {
            case 0 -> {
                rcu.synchronize();
                old.free();
            }
            case 1 -> {
                rcu.synchronizeExpedited();
                old.free();
            }
            case 2 -> {
                while (!rcu.synchronize(Duration.ofNanos(20_000))) {
                    // again
                }
                old.free();
            }
            case 3 -> {
                rcu.condSynchronize(rcu.getState());
                old.free();
            }
            case 4 -> {
                long cookie = rcu.startPoll();
                while (!rcu.pollState(cookie)) {
                    rest();
                }
                old.free();
            }
            default -> rcu.call(old);
        }
    }

    private void readWithHandle(Rcu rcu) {
        try (RcuReader reader = rcu.register()) {
            while (!stop.get()) {
                reader.lock();
                look(1);
                reader.lock();
                look(2);
                reader.unlock();
                look(1);
                reader.unlock();
                rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    private void readImplicitly(Rcu rcu) {
        try {
            while (!stop.get()) {
                rcu.readLock();
                look(100);
                rcu.readUnlock();
                rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    private void readAndRegisterAgain(Rcu rcu) {
        try {
            while (!stop.get()) {
                try (RcuReader reader = rcu.register()) {
                    reader.lock();
                    look(3);
                    reader.unlock();
                }
                rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    private void readOnThreadsThatComeAndGo(Rcu rcu) throws Exception {
        while (!stop.get()) {
            TestThread.startAction(() -> {
                        try {
                            rcu.readLock();
                            look(5);
                            rcu.readUnlock();
                        } catch (IllegalStateException closed) {
                            assertTrue(closed.getMessage().contains("is closed"));
                        }
                    })
                    .result();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // to be preempted inside a section, now and then
    private void look(int times) {
        Element element = current.dereference();
        long generation = element.loadOpaqueGeneration();
        for (int i = 0; i < times; i++) {
            if (element.loadOpaqueGeneration() != generation || generation == Element.POISON) {
                violations.incrementAndGet();
            }
        }
        if (times == 100) { // a section that is preempted
            Thread.yield();
            if (element.loadOpaqueGeneration() != generation) {
                violations.incrementAndGet();
            }
        }
        sections.incrementAndGet();
    }

    @SuppressWarnings("ThreadPriorityCheck") // more threads than processors: let the others come to theirs
    private static void rest() {
        Thread.yield();
    }

    /** An element that is its own head. */
    private final class Element implements RcuHead {
        static final long POISON = -1;

        @SuppressWarnings("UnusedVariable") // read and written through GENERATION
        private long generation = POISON;

        long loadOpaqueGeneration() {
            return (long) GENERATION.getOpaque(this);
        }

        Element allocate(long next) {
            if (loadOpaqueGeneration() != POISON) {
                violations.incrementAndGet();
            }
            GENERATION.setOpaque(this, next);
            return this;
        }

        void free() {
            GENERATION.setOpaque(this, POISON);
            pool.add(this);
        }

        @Override
        public void invoke() {
            free();
        }
    }

    private static final VarHandle GENERATION;

    static {
        try {
            GENERATION = MethodHandles.lookup().findVarHandle(Element.class, "generation", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
