package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Tag("strict")
class StrictCallTest {
    private final Rcu rcu = Rcu.builder("strict")
            .callbackQueues(1)
            .highWaterMark(3)
            .limit(3)
            .backpressure(BackpressurePolicy.REJECT)
            .build();
    private final AtomicInteger ran = new AtomicInteger();

    @BeforeEach
    void strictModeIsOn() {
        assertTrue(StrictMode.ON);
    }

    @AfterEach
    void close() {
        rcu.close();
    }

    @Test
    void aHeadThatIsQueuedIsNotQueuedAgain() throws Exception {
        OpenSection section = new OpenSection(rcu);
        RcuHead head = ran::incrementAndGet;
        rcu.call(head);
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> rcu.call(head));
        assertTrue(refusal.getMessage().contains("\"strict\""));
        assertTrue(refusal.getMessage().contains("when it has been invoked"));
        RcuHead equal = ran::incrementAndGet;
        rcu.call(equal); // another head with the same function
        section.leave();
        rcu.barrier();
        assertEquals(2, ran.get());
        rcu.call(head);
        rcu.barrier();
        assertEquals(3, ran.get());
    }

    @Test
    void aHeadMayQueueItselfFromItsOwnCallback() {
        RcuHead head = new RcuHead() {
            @Override
            public void invoke() {
                if (ran.incrementAndGet() < 3) {
                    rcu.call(this);
                }
            }
        };
        rcu.call(head);
        for (int i = 0; i < 3; i++) {
            rcu.barrier();
        }
        assertEquals(3, ran.get());
        assertEquals(0, rcu.stats().callbackFailures());
    }

    @Test
    void aHeadThatWasRejectedIsNotQueued() throws Exception {
        OpenSection section = new OpenSection(rcu);
        for (int i = 0; i < 3; i++) {
            rcu.call(ran::incrementAndGet);
        }
        RcuHead head = ran::incrementAndGet;
        assertThrows(RejectedExecutionException.class, () -> rcu.call(head));
        assertThrows(RejectedExecutionException.class, () -> rcu.call(head), "for the limit, not for the head");
        section.leave();
        rcu.barrier();
        rcu.call(head);
        rcu.barrier();
        assertEquals(4, ran.get());
    }

    @Test
    void batchesAreTinyAndHurried() throws Exception {
        int batches = 4;
        try (Rcu large = Rcu.create("large")) {
            OpenSection section = new OpenSection(large);
            for (int i = 0; i < batches * Reclaimer.STRICT_BATCH; i++) {
                large.call(ran::incrementAndGet);
            }
            section.leave();
            large.barrier();
            assertEquals(batches * Reclaimer.STRICT_BATCH, ran.get());
            assertTrue(large.stats().gracePeriods() >= batches);
            assertTrue(large.stats().gracePeriodsHurried() >= batches);
        }
    }

    @Test
    void headsThatInsistKeepNobodyFromHisTurn() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (Rcu shared = Rcu.builder("shared").callbackQueues(8).build()) {
            Runnable insist = () -> {
                for (int i = 0; i < Reclaimer.STRICT_BATCH; i++) {
                    shared.call(new RcuHead() {
                        @Override
                        public void invoke() {
                            if (!stop.get()) {
                                shared.call(this);
                            }
                        }
                    });
                }
            };
            for (int i = 0; i < 8; i++) {
                TestThread.startAction(insist::run).result();
            }
            for (int i = 0; i < 8; i++) {
                TestThread.startAction(() -> shared.call(new RcuHead() {
                            @Override
                            public void invoke() {
                                ran.incrementAndGet();
                            }
                        }))
                        .result();
            }
            shared.barrier();
            assertEquals(8, ran.get());
            stop.set(true);
        }
    }

    @Test
    void aLambdaThatCapturesNothingIsOneHead() throws Exception {
        OpenSection section = new OpenSection(rcu);
        for (int i = 0; i < 2; i++) {
            boolean again = i == 1;
            Executable call = () -> rcu.call(() -> {});
            if (again) {
                IllegalStateException refusal = assertThrows(IllegalStateException.class, call);
                assertTrue(refusal.getMessage().contains("captures nothing"), refusal.getMessage());
            } else {
                assertDoesNotThrow(call);
            }
        }
        section.leave();
        rcu.barrier();
    }
}
