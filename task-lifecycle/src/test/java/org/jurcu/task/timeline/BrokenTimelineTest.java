package org.jurcu.task.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.task.trace.TraceFormatException;

class BrokenTimelineTest {
    @Test
    void aPageThatCannotBeWrittenLeavesNothingBehind(@TempDir Path dir) throws IOException {
        Path recording = Files.writeString(dir.resolve("torn.trace"), "# tracer: nop\ntorn-1 [000] .....\n");
        assertThrows(
                TraceFormatException.class, () -> Timeline.write(recording, List.of(), null, dir.resolve("page.html")));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(recording), files.toList());
        }
    }
}
