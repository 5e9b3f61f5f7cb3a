package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("also-strict")
class FlightRecordingTest {
    @TempDir
    Path directory;

    private interface Body {
        void run() throws Exception;
    }

    /** Records {@code event} of whatever length, and returns those of domain {@code domain}. */
    private List<RecordedEvent> record(String event, String domain, Body body) throws Exception {
        return record(Map.of(event + "#enabled", "true", event + "#threshold", "0 ms"), event, domain, body);
    }

    private List<RecordedEvent> record(Map<String, String> settings, String event, String domain, Body body)
            throws Exception {
        Path file = directory.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.setSettings(settings);
            recording.start();
            body.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().equals(event))
                .filter(e -> e.getString("domain").equals(domain))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)) // a file keeps each thread's apart
                .toList();
    }

    @Test
    void gracePeriodsAreRecordedWithTheirHoldouts() throws Exception {
        List<RecordedEvent> events = record("jurcu.GracePeriod", "periods", () -> {
            try (Rcu rcu = Rcu.create("periods")) {
                rcu.synchronize();
                try (StalledReader reader = new StalledReader(rcu)) {
                    assertFalse(rcu.synchronize(Duration.ZERO));
                    assertTrue(reader.thread().isAlive());
                }
                rcu.synchronizeExpedited();
            }
        });
        assertEquals(
                List.of(1L, 2L, 3L),
                events.stream().map(e -> e.getLong("number")).toList());
        assertEquals(
                List.of(0L, 1L, 0L),
                events.stream().map(e -> e.getLong("holdouts")).toList());
        assertEquals("Rcu", events.get(0).getString("flavour"));
        assertEquals(StrictMode.ON, events.get(0).getBoolean("expedited"));
        assertTrue(events.get(2).getBoolean("expedited"));
        assertNull(events.get(0).getStackTrace());
    }

    @Test
    void batchesAreRecordedWithWaitAndRunTime() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        List<RecordedEvent> events = record("jurcu.CallbackBatch", "batches", () -> {
            try (Rcu rcu = Rcu.create("batches")) {
                try (StalledReader reader = new StalledReader(rcu)) {
                    rcu.call(ran::countDown);
                    assertTrue(reader.thread().isAlive());
                }
                rcu.barrier();
            }
        });
        assertEquals(1, events.size(), events.toString());
        RecordedEvent batch = events.get(0);
        assertEquals(1, batch.getLong("size"));
        assertTrue(batch.getDuration("waitTime").toNanos() > 0);
        assertTrue(batch.getDuration("runTime").toNanos() > 0);
        assertEquals("jurcu-batches", batch.getThread().getJavaName());
        assertEquals(0, ran.getCount());
    }

    @Test
    void stallsAreRecordedWithThreadAndStack() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        List<RecordedEvent> events = record("jurcu.ReaderStall", "recorded", () -> {
            try (Rcu rcu = Rcu.builder("recorded")
                            .stallNanos(1)
                            .onStall(stall -> reported.countDown())
                            .build();
                    StalledReader reader = new StalledReader(rcu)) {
                reader.awaitParked();
                rcu.startPoll();
                reported.await();
            }
        });
        RecordedEvent stall = events.get(0);
        assertEquals("Rcu", stall.getString("flavour"));
        assertEquals(1, stall.getLong("gracePeriod"));
        assertEquals(1, stall.getInt("report"));
        assertFalse(stall.getBoolean("ended"));
        assertEquals(1, stall.getLong("holdouts"));
        assertEquals("dawdler", stall.getString("thread"));
        assertEquals("WAITING", stall.getString("threadState"));
        assertEquals(2, stall.getInt("nesting"));
        assertTrue(stall.getDuration("age").toNanos() > 0);
        assertTrue(stall.getDuration("sectionAge").toNanos() > 0);
        assertTrue(stall.getString("stack").contains("StalledReader.blockHere"), stall.toString());
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void backpressureIsRecordedWithTheCallersStack() throws Exception {
        List<RecordedEvent> events = record("jurcu.Backpressure", "pressed", () -> {
            try (Rcu rcu = Rcu.builder("pressed")
                            .callbackQueues(1)
                            .highWaterMark(1)
                            .limit(1)
                            .backpressure(BackpressurePolicy.REJECT)
                            .build();
                    StalledReader reader = new StalledReader(rcu)) {
                assertThrows(RejectedExecutionException.class, () -> {
                    for (; ; ) {
                        rcu.call(rcu::name);
                    }
                });
            }
        });
        RecordedEvent pressed = events.get(0);
        assertEquals("REJECT", pressed.getString("policy"));
        assertTrue(pressed.getLong("backlog") >= 1);
        assertTrue(pressed.getDuration("age").toNanos() > 0);
        assertEquals(Thread.currentThread().getId(), pressed.getThread().getJavaThreadId());
        assertTrue(pressed.getStackTrace().getFrames().stream()
                .anyMatch(frame -> frame.getMethod().getType().getName().equals(FlightRecordingTest.class.getName())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jurcu.GracePeriod", "jurcu.CallbackBatch"})
    void aRecordingThatKnowsNothingOfThemGetsTheLongOnes(String event) throws Exception {
        List<RecordedEvent> events = record(Map.of(), event, "long", () -> {
            try (Rcu rcu = Rcu.create("long")) {
                try (StalledReader reader = new StalledReader(rcu)) {
                    rcu.call(rcu::name);
                    reader.awaitParked();
                    assertFalse(rcu.synchronize(Duration.ofMillis(50))); // the threshold is 20 ms
                }
                rcu.barrier();
            }
        });
        assertFalse(events.isEmpty(), "what lasted for 50 ms");
        for (RecordedEvent recorded : events) {
            assertTrue(recorded.getDuration().toMillis() >= 20, recorded.toString());
        }
    }

    @Test
    void nothingIsMadeWhileNobodyRecords() {
        assertNull(FlightRecording.beginGracePeriod(null));
        assertNull(FlightRecording.beginBatch());
    }

    @Test
    void sectionsThatAreOnlyCountedAreRecordedAsHoldouts() throws Exception {
        List<RecordedEvent> events = record("jurcu.GracePeriod", "counted", () -> {
            try (Srcu srcu = Srcu.create("counted")) {
                int outer = TestThread.start(srcu::readLock).result();
                int inner = TestThread.start(srcu::readLock).result();
                assertFalse(srcu.synchronize(Duration.ZERO));
                srcu.readUnlock(inner);
                srcu.readUnlock(outer);
                TestThread.startAction(srcu::synchronize).result();
            }
        });
        assertEquals(2, events.get(0).getLong("holdouts"));
        assertEquals(0, events.get(1).getLong("holdouts"), "what was counted for an event is forgotten with it");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualReadersAreRecordedAsHoldouts() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<RecordedEvent> events = record("jurcu.GracePeriod", "virtual", () -> {
            try (Rcu rcu = Rcu.create("virtual")) {
                Thread reader = VirtualThreadsTest.startVirtual(() -> {
                    rcu.readLock();
                    inside.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    } finally {
                        rcu.readUnlock();
                    }
                });
                inside.await();
                assertFalse(rcu.synchronize(Duration.ZERO));
                leave.countDown();
                reader.join();
                rcu.synchronize();
            }
        });
        assertEquals(1, events.get(0).getLong("holdouts"));
    }
}
