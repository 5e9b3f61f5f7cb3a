package org.jurcu.rcu;

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

/**
 * Readers follow a pointer that updaters keep replacing; what is replaced is poisoned after a grace period and used
 * again. A reader that sees poison, or an element that changed under it, has found a grace period that was too short.
 */
final class TortureGround {
    static final int UPDATES = 300;

    private final Queue<Element> pool = new ConcurrentLinkedQueue<>();
    private final RcuReference<Element> current = new RcuReference<>(new Element().allocate(0));
    final AtomicBoolean stop = new AtomicBoolean();
    final AtomicLong violations = new AtomicLong();
    private final AtomicLong generations = new AtomicLong();
    final AtomicLong sections = new AtomicLong();

    List<TestThread<Void>> startUpdaters(RcuDomain domain) {
        return startUpdaters(domain, UPDATES);
    }

    /** Two threads that replace as many elements, or more, each in all ways of waiting for a grace period. */
    List<TestThread<Void>> startUpdaters(RcuDomain domain, int updates) {
        List<TestThread<Void>> updaters = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            updaters.add(TestThread.startAction(() -> {
                for (int i = 0; i < updates || sections.get() < updates; i++) {
                    Element old = current.getAndAssign(next());
                    retire(domain, old, random.nextInt(6));
                }
            }));
        }
        return updaters;
    }

    /** Replaces one element and does not wait. */
    void replaceImpatiently() {
        current.getAndAssign(next()).free();
    }

    /** Replaces one element and waits as one should. */
    void replacePatiently(RcuDomain domain) {
        retire(domain, current.getAndAssign(next()), 0);
    }

    private Element next() {
        Element element = pool.poll();
        return (element == null ? new Element() : element).allocate(generations.incrementAndGet());
    }

    private void retire(RcuDomain domain, Element old, int how) {
        switch (how) {
            case 0 -> {
                domain.synchronize();
                old.free();
            }
            case 1 -> {
                domain.synchronizeExpedited();
                old.free();
            }
            case 2 -> {
                while (!domain.synchronize(Duration.ofNanos(20_000))) {
                    // again
                }
                old.free();
            }
            case 3 -> {
                domain.condSynchronize(domain.getState());
                old.free();
            }
            case 4 -> {
                long cookie = domain.startPoll();
                while (!domain.pollState(cookie)) {
                    rest();
                }
                old.free();
            }
            default -> domain.call(old);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // to be preempted inside a section, now and then
    void look(int times) {
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

    /** What is found before {@code meanwhile} must live on behind it. */
    void lookBeforeAndAfter(Runnable meanwhile) {
        Element element = current.dereference();
        long generation = element.loadOpaqueGeneration();
        meanwhile.run();
        if (generation == Element.POISON || element.loadOpaqueGeneration() != generation) {
            violations.incrementAndGet();
        }
        sections.incrementAndGet();
    }

    @SuppressWarnings("ThreadPriorityCheck") // more threads than processors: let the others come to theirs
    static void rest() {
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
