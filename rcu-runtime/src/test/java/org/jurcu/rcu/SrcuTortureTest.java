package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link TortureGround} with readers of {@link Srcu}. */
class SrcuTortureTest {
    private final TortureGround ground = new TortureGround();

    /** Tokens on their way to the thread that ends the section. */
    private final SynchronousQueue<Integer> handedOver = new SynchronousQueue<>();

    private final AtomicBoolean noMoreTokens = new AtomicBoolean();
    private final AtomicLong endedByOthers = new AtomicLong();

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void noSectionSeesAnElementDie(int stripes) throws Exception {
        Srcu srcu = Srcu.builder("torture").firstSequence(-4 * 100).build(new SectionCounters(stripes, -100), null);
        List<TestThread<Void>> readers = new ArrayList<>();
        readers.add(TestThread.startAction(() -> readUntilStopped(() -> readOverlapping(srcu))));
        readers.add(TestThread.startAction(() -> readUntilStopped(() -> readPreempted(srcu))));
        readers.add(TestThread.startAction(() -> {
            readUntilStopped(() -> readAndHandOver(srcu));
            noMoreTokens.set(true);
        }));
        readers.add(TestThread.startAction(() -> readUntilStopped(() -> readOnAnotherThread(srcu))));
        TestThread<Void> finisher = TestThread.startAction(() -> endSectionsOfOthers(srcu));
        for (TestThread<Void> updater : ground.startUpdaters(srcu)) {
            updater.result();
        }
        srcu.close();
        ground.stop.set(true);
        for (TestThread<Void> reader : readers) {
            reader.result();
        }
        finisher.result();
        assertEquals(0, ground.violations.get());
        assertTrue(ground.sections.get() >= TortureGround.UPDATES, "too few sections: " + ground.sections.get());
        assertTrue(endedByOthers.get() > 0, "no section was ended by another thread");
        RcuStats stats = srcu.stats();
        assertEquals(0, stats.backlog());
        assertEquals(0, stats.callbackFailures());
        assertTrue(stats.gracePeriods() > 100, "the sequence has wrapped: " + stats);
    }

    @Test
    void theTortureCatchesAnUpdaterThatDoesNotWait() throws Exception {
        try (Srcu srcu = Srcu.create("impatient")) {
            TestThread<Void> reader = TestThread.startAction(() -> readUntilStopped(() -> readOverlapping(srcu)));
            while (ground.violations.get() == 0) {
                ground.replaceImpatiently();
            }
            ground.stop.set(true);
            reader.result();
        }
    }

    private void readUntilStopped(TestThread.Action section) throws Exception {
        try {
            while (!ground.stop.get()) {
                section.run();
                TortureGround.rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    private void readOverlapping(Srcu srcu) {
        int first = srcu.readLock();
        ground.look(1);
        int second = endingOnFailure(srcu, first);
        ground.look(2);
        srcu.readUnlock(first);
        ground.look(1);
        srcu.readUnlock(second);
    }

    /** The domain may be closed between a section and the next. */
    private static int endingOnFailure(Srcu srcu, int token) {
        try {
            return srcu.readLock();
        } catch (IllegalStateException closed) {
            srcu.readUnlock(token);
            throw closed;
        }
    }

    private void readPreempted(Srcu srcu) {
        int token = srcu.readLock();
        ground.look(100);
        srcu.readUnlock(token);
    }

    private void readAndHandOver(Srcu srcu) throws InterruptedException {
        int token = srcu.readLock();
        ground.look(5);
        handedOver.put(token);
    }

    private void endSectionsOfOthers(Srcu srcu) throws InterruptedException {
        while (!noMoreTokens.get()) {
            Integer token = handedOver.poll(1, TimeUnit.MILLISECONDS);
            if (token != null) {
                ground.look(3); // still inside
                srcu.readUnlock(token);
                endedByOthers.incrementAndGet();
            }
        }
    }

    private void readOnAnotherThread(Srcu srcu) throws Exception {
        TestThread.startAction(() -> readUntilStopped(() -> {
                    readPreempted(srcu);
                    throw new IllegalStateException("one section is enough, as if the domain is closed");
                }))
                .result();
    }
}
