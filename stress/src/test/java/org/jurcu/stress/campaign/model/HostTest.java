package org.jurcu.stress.campaign.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir
    Path dir;

    @Test
    void whoChoosesTheFrequencyIsReadWhereLinuxSaysIt() throws IOException {
        Path governor = Files.writeString(dir.resolve("scaling_governor"), "schedutil\n");
        assertEquals("schedutil", Host.firstLine(governor));
        assertEquals("unknown", Host.firstLine(dir.resolve("none")));
        assertEquals("unknown", Host.firstLine(Files.createFile(dir.resolve("empty"))));
    }

    @Test
    void anOlderReportHasNoGovernor() {
        assertEquals("unknown", new Host("Linux", "6", "amd64", "Some CPU", 2, 1000, null).governor());
    }
}
