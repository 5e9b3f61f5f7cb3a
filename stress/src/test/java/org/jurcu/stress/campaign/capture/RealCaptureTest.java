package org.jurcu.stress.campaign.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.CampaignMain;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;

/** On the kernel that runs this test, where it lets us. */
class RealCaptureTest {
    @TempDir
    Path dir;

    private Tracefs tracefs;

    @BeforeEach
    void mayRecord() {
        try {
            tracefs = Requirements.ofThisMachine().check();
        } catch (CampaignException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @Test
    void aRecordingThatTheReplayAgreesWith() throws Exception {
        Path file = dir.resolve("lives.trace.gz");
        Capture.Result result = new Capture(32 * 1024, Duration.ofSeconds(1))
                .run(
                        List.of(
                                "sh",
                                "-c",
                                "for i in 1 2 3; do /bin/true | cat; done; (exit 5); sh -c true & wait; exit 3"),
                        file);
        assertEquals(3, result.commandStatus());
        assertEquals(0, result.summary().lost());
        // the shell, three pipelines of two, a subshell and a child in the background
        assertTrue(result.summary().tasks() >= 8, result::toString);
        assertEquals(result.summary().tasks(), result.summary().exits());
        ReplayReport report = Replay.run(file, ReplayOptions.DEFAULT);
        assertTrue(report.passed(), report::toString);
        assertEquals(result.summary().frees(), report.kernelFrees());
        assertTrue(report.kernelFrees() >= 7, report::toString);
        assertEquals(result.summary().events(), report.events());
    }

    @Test
    void aSmallBufferIsReported() throws Exception {
        Path file = dir.resolve("lives.trace");
        Capture.Result result = new Capture(8, Duration.ZERO)
                .run(
                        List.of("sh", "-c", "for i in 1 2 3 4 5 6 7 8 9; do /bin/true | cat | cat | cat | cat; done"),
                        file);
        assertTrue(result.summary().lost() > 0, result::toString);
    }

    /** As Ctrl-C, which is ignored by what runs in the background. */
    @Test
    void whoIsToldToEndLeavesNothing() throws Exception {
        Process capture = new ProcessBuilder(
                        JavaCommand.thisJava().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CampaignMain.class.getName(),
                        "capture",
                        "-o",
                        dir.resolve("x.trace").toString(),
                        "--",
                        "sh",
                        "-c",
                        "sleep 1000 & echo $!; wait")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String instance = "jurcu-capture-" + capture.pid();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(capture.getInputStream(), StandardCharsets.UTF_8))) {
            long sleeper = Long.parseLong(out.readLine());
            assertTrue(tracefs.hasInstance(instance));
            capture.destroy();
            capture.waitFor();
            ProcessHandle.of(sleeper).ifPresent(process -> process.onExit().join());
        } finally {
            capture.destroyForcibly();
        }
        assertFalse(tracefs.hasInstance(instance));
    }

    @Test
    void nothingIsLeftOfThisProcess() throws IOException {
        assertFalse(
                tracefs.hasInstance("jurcu-capture-" + ProcessHandle.current().pid()));
    }
}
