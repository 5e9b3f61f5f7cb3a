package org.jurcu.refcount.sites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;

@ResourceLock("org.jurcu.refcount.RefcountWarnings")
class WarningEventTest {
    private static final String EVENT = "jurcu.RefcountWarning";

    @TempDir
    Path directory;

    @Test
    void everyMisuseIsAnEventWhateverTheHandler() throws IOException {
        Path file = directory.resolve("warnings.jfr");
        RefcountWarningHandler before = RefcountWarnings.setHandler((warning, counter, oldValue) -> {});
        try (Recording recording = new Recording()) {
            recording.enable(EVENT);
            recording.start();
            for (int i = 0; i < 2; i++) {
                new Refcount(7).subAndTest(8 + i);
            }
            recording.stop();
            recording.dump(file);
        } finally {
            RefcountWarnings.setHandler(before);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().equals(EVENT))
                .toList();
        assertEquals(2, events.size(), "one for each, not for each site");
        for (RecordedEvent event : events) {
            assertEquals("SUB_UAF", event.getString("kind"));
            assertEquals(7, event.getInt("oldValue"));
            assertEquals(
                    Refcount.class.getName(), event.getClass("counterClass").getName());
            assertTrue(
                    event.getStackTrace().getFrames().stream()
                            .anyMatch(f -> f.getMethod().getType().getName().equals(WarningEventTest.class.getName())),
                    "the stack shows the caller");
        }
    }

    @Test
    void noEventWhenItIsDisabled() throws IOException {
        Path file = directory.resolve("none.jfr");
        RefcountWarningHandler before = RefcountWarnings.setHandler((warning, counter, oldValue) -> {});
        try (Recording recording = new Recording()) {
            recording.disable(EVENT);
            recording.start();
            new Refcount(0).inc();
            recording.stop();
            recording.dump(file);
        } finally {
            RefcountWarnings.setHandler(before);
        }
        assertTrue(RecordingFile.readAllEvents(file).stream()
                .noneMatch(e -> e.getEventType().getName().equals(EVENT)));
    }
}
