package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/** Rows of docs/misuse.md that no other test shows. */
class MisuseTest {
    private final Rcu rcu = Rcu.create("misuse");

    @AfterEach
    void close() {
        rcu.close();
    }

    private static void assertRefused(String sentence, Executable misuse) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, misuse);
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    private void inside(Runnable body) {
        rcu.readLock();
        try {
            body.run();
        } finally {
            rcu.readUnlock();
        }
    }

    @Test
    void condSynchronizeInsideASection() {
        long done = rcu.getState();
        rcu.synchronize();
        inside(() -> {
            assertRefused("condSynchronize() would wait", () -> rcu.condSynchronize(done));
            assertRefused("unlock first", () -> rcu.condSynchronize(rcu.getState()));
        });
        rcu.condSynchronize(done);
    }

    @Test
    void pollingInsideASection() {
        AtomicReference<Long> cookie = new AtomicReference<>();
        inside(() -> {
            cookie.set(rcu.startPoll());
            assertFalse(rcu.pollState(cookie.get()));
        });
        rcu.condSynchronize(cookie.get());
        assertTrue(rcu.pollState(cookie.get()));
    }

    @Test
    void barrierInsideASection() {
        inside(() -> assertRefused("barrier() would wait", rcu::barrier));
        rcu.barrier();
    }

    @Test
    void callInsideASection() {
        AtomicInteger ran = new AtomicInteger();
        inside(() -> {
            rcu.call(ran::incrementAndGet);
            assertEquals(0, ran.get());
        });
        rcu.barrier();
        assertEquals(1, ran.get());
    }

    @Test
    void closeInsideASection() {
        inside(() -> assertRefused("close() would wait", rcu::close));
        rcu.synchronize();
    }

    @Test
    void closeInsideASectionOfAnotherDomain() {
        Rcu other = Rcu.create("other");
        inside(other::close);
        assertRefused("is closed", other::synchronize);
    }

    private static List<Executable> usesOf(RcuDomain domain) {
        return List.of(
                domain::synchronize,
                () -> domain.synchronize(Duration.ZERO),
                domain::synchronizeExpedited,
                () -> domain.call(() -> {}),
                domain::barrier,
                domain::getState,
                domain::startPoll,
                () -> domain.pollState(RcuDomain.COMPLETED_STATE),
                () -> domain.condSynchronize(RcuDomain.COMPLETED_STATE));
    }

    @Test
    void useAfterClose() {
        RcuReader reader = rcu.register();
        rcu.close();
        Qsbr qsbr = Qsbr.create("closed");
        qsbr.close();
        for (RcuDomain domain : List.of(rcu, qsbr)) {
            for (Executable use : usesOf(domain)) {
                assertRefused("is closed: create a new one", use);
            }
        }
        assertRefused("is closed", rcu::readLock);
        assertRefused("is closed", rcu::register);
        assertRefused("is closed", reader::lock);
        assertRefused("is closed", qsbr::register);
        assertFalse(rcu.readLockHeld());
    }

    @Test
    void whatAClosedDomainStillDoes() throws Exception {
        RcuReader reader = rcu.register();
        reader.lock();
        TestThread.startAction(rcu::close).result();
        assertTrue(reader.held(), "an open section stays valid");
        reader.lock();
        reader.unlock();
        reader.unlock();
        reader.close();
        assertEquals("misuse", rcu.name());
        assertEquals(0, rcu.stats().readersRegistered());
        rcu.close();
    }

    @Test
    @SuppressWarnings("NullAway") // nulls are what is tested
    void nullArguments() {
        assertThrows(NullPointerException.class, () -> rcu.call(null));
        assertEquals(0, rcu.stats().callbacksQueued());
        assertThrows(NullPointerException.class, () -> rcu.synchronize(null));
        assertThrows(NullPointerException.class, () -> RefcountWarnings.setHandler(null));
        assertThrows(NullPointerException.class, () -> RefcountWarnings.report(RefcountWarning.ADD_UAF, null, 0));
    }

    @Test
    void aCallbackMayJoinAnotherDomain() {
        AtomicInteger ran = new AtomicInteger();
        Rcu other = Rcu.create("other");
        rcu.call(() -> {
            other.call(ran::incrementAndGet);
            other.barrier();
            ran.addAndGet(ran.get() * 10);
            other.close();
        });
        rcu.barrier();
        assertEquals(11, ran.get());
        assertEquals(0, rcu.stats().callbackFailures());
    }

    @Test
    void aCallbackMayRead() {
        try (LoggedWarnings log = new LoggedWarnings()) {
            AtomicInteger inside = new AtomicInteger();
            rcu.call(() -> inside(inside::incrementAndGet));
            rcu.barrier();
            assertEquals(1, inside.get());
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void aCallbackMayReadUnderQsbr() {
        try (LoggedWarnings log = new LoggedWarnings();
                Qsbr qsbr = Qsbr.create("callback-reads")) {
            AtomicInteger online = new AtomicInteger();
            qsbr.call(() -> {
                try (QsbrReader reader = qsbr.register()) {
                    online.addAndGet(reader.isOnline() ? 1 : 0);
                }
            });
            qsbr.barrier();
            assertEquals(1, online.get());
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void aHeadThatIsQueuedTwiceRunsTwice() {
        AtomicInteger ran = new AtomicInteger();
        RcuHead head = ran::incrementAndGet;
        rcu.call(head);
        rcu.call(head);
        rcu.barrier();
        assertEquals(2, ran.get());
    }

    @Test
    @SuppressWarnings("NullAway") // nulls are what is tested
    void domainsWithoutAName() {
        assertThrows(NullPointerException.class, () -> Rcu.create(null));
        assertThrows(NullPointerException.class, () -> Qsbr.builder(null));
        assertThrows(IllegalArgumentException.class, () -> Rcu.create(""));
        assertThrows(IllegalArgumentException.class, () -> Qsbr.create(" "));
    }

    @Test
    void builderArgumentsOutOfRange() {
        Qsbr.Builder builder = Qsbr.builder("arguments");
        for (int queues : new int[] {Integer.MIN_VALUE, 0, 65}) {
            assertThrows(IllegalArgumentException.class, () -> builder.callbackQueues(queues));
        }
        for (long nanos : new long[] {-1, 0}) {
            assertThrows(IllegalArgumentException.class, () -> builder.idleTime(Duration.ofNanos(nanos)));
        }
        builder.callbackQueues(1)
                .callbackQueues(64)
                .idleTime(Duration.ofNanos(1))
                .build()
                .close();
    }
}
