package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RcuCloseTest {
    @Test
    void whoeverClosesTooFindsEverythingDone() throws Exception {
        Rcu rcu = Rcu.create("closes");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        rcu.atClose(() -> {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        TestThread<Void> first = TestThread.startAction(rcu::close);
        entered.await();
        TestThread<Void> second = TestThread.startAction(() -> {
            rcu.close();
            assertEquals(0, go.getCount());
        });
        second.awaitParked();
        go.countDown();
        first.result();
        second.result();
    }

    @Test
    void anActionThatFailsKeepsNoOtherFromRunning() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (RecordedLog log = new RecordedLog()) {
            Rcu rcu = Rcu.create("unlucky");
            rcu.atClose(() -> {
                throw new IllegalStateException("scripted");
            });
            rcu.atClose(ran::incrementAndGet);
            rcu.close();
            assertEquals(1, ran.get());
            assertNotNull(log.next("\"unlucky\""));
            rcu.close(); // and nobody waits for ever
        }
    }

    /** The grace period has elapsed, but a return would say that the thread protects what it reads again. */
    @Test
    void whoCannotComeBackOnlineIsTold() throws Exception {
        Qsbr qsbr = Qsbr.create("closes");
        CountDownLatch online = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        TestThread<Void> reader = TestThread.startAction(() -> {
            QsbrReader holdout = qsbr.register();
            online.countDown();
            leave.await();
            holdout.close();
        });
        online.await();
        TestThread<Long> waiter = TestThread.start(() -> {
            QsbrReader me = qsbr.register();
            IllegalStateException closed = assertThrows(IllegalStateException.class, qsbr::synchronize);
            assertTrue(closed.getMessage().contains("is closed"), closed.getMessage());
            assertFalse(me.isOnline());
            me.close();
            return qsbr.stats().gracePeriods();
        });
        waiter.awaitParked();
        qsbr.close();
        leave.countDown();
        reader.result();
        assertEquals(1, waiter.result());
    }
}
