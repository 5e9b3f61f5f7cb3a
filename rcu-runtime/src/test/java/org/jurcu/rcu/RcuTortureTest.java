package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** {@link TortureGround} with readers of {@link Rcu}. */
@Tag("also-strict")
class RcuTortureTest {
    private final TortureGround ground = new TortureGround();
    private CountDownLatch virtualReaders;

    @Test
    void noSectionSeesAnElementDie() throws Exception {
        torture(0);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void noVirtualSectionSeesAnElementDie() throws Exception {
        torture(3);
    }

    private void torture(int virtual) throws Exception {
        virtualReaders = new CountDownLatch(virtual);
        RcuReaders registrations = new RcuReaders("torture");
        Rcu rcu = Rcu.builder("torture").firstSequence(-4 * 100).build(registrations);
        for (int i = 0; i < ReaderRegistry.UNDISTURBED; i++) { // so many that readers are struck off when they rest
            registrations.registry.add(new RcuReader(Thread.currentThread(), registrations, registrations.epoch));
        }
        List<TestThread<Void>> readers = new ArrayList<>();
        readers.add(TestThread.startAction(() -> readWithHandle(rcu)));
        readers.add(TestThread.startAction(() -> readImplicitly(rcu)));
        readers.add(TestThread.startAction(() -> readAndRegisterAgain(rcu)));
        readers.add(TestThread.startAction(() -> readOnThreadsThatComeAndGo(rcu)));
        for (int i = 0; i < virtual; i++) {
            readVirtually(rcu);
        }
        for (TestThread<Void> updater : ground.startUpdaters(rcu)) {
            updater.result();
        }
        rcu.close();
        ground.stop.set(true);
        for (TestThread<Void> reader : readers) {
            reader.result();
        }
        virtualReaders.await();
        assertEquals(0, ground.violations.get());
        assertTrue(
                ground.sections.get() >= TortureGround.UPDATES,
                "too few sections to say anything: " + ground.sections.get());
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
            while (ground.violations.get() == 0) {
                ground.replaceImpatiently();
            }
            ground.stop.set(true);
            reader.result();
        }
    }

    private void readWithHandle(Rcu rcu) {
        try (RcuReader reader = rcu.register()) {
            while (!ground.stop.get()) {
                reader.lock();
                ground.look(1);
                reader.lock();
                ground.look(2);
                reader.unlock();
                ground.look(1);
                reader.unlock();
                TortureGround.rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    private void readImplicitly(Rcu rcu) {
        try {
            while (!ground.stop.get()) {
                rcu.readLock();
                ground.look(100);
                rcu.readUnlock();
                TortureGround.rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    /** Counted and not registered, where there are virtual threads. */
    private void readVirtually(Rcu rcu) throws Exception {
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable) () -> {
            readImplicitly(rcu);
            virtualReaders.countDown();
        });
    }

    private void readAndRegisterAgain(Rcu rcu) {
        try {
            while (!ground.stop.get()) {
                try (RcuReader reader = rcu.register()) {
                    reader.lock();
                    ground.look(3);
                    reader.unlock();
                }
                TortureGround.rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"));
        }
    }

    private void readOnThreadsThatComeAndGo(Rcu rcu) throws Exception {
        while (!ground.stop.get()) {
            TestThread.startAction(() -> {
                        try {
                            rcu.readLock();
                            ground.look(5);
                            rcu.readUnlock();
                        } catch (IllegalStateException closed) {
                            assertTrue(closed.getMessage().contains("is closed"));
                        }
                    })
                    .result();
        }
    }
}
