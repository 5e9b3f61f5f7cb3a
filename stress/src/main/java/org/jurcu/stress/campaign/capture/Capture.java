package org.jurcu.stress.campaign.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.model.CampaignException;

/**
 * Runs a command while the kernel records, and keeps what tells of the command's tasks. The tracing instance is gone afterwards,
 * also if the command cannot be run, a file cannot be written or the JVM is told to end; a capture that was killed outright
 * is cleaned up by the next.
 */
public final class Capture {
    private static final Pattern SYSTEM = Pattern.compile("error[=:] ?\\d+,? \\(?([^()]+)");

    private final Requirements requirements;
    private final int bufferKib;
    private final Duration settle;

    /** Makes a capture with {@code bufferKib} KiB of ring buffer a CPU, which goes on for {@code settle} after the command. */
    public Capture(int bufferKib, Duration settle) {
        this(Requirements.ofThisMachine(), bufferKib, settle);
    }

    Capture(Requirements requirements, int bufferKib, Duration settle) {
        this.requirements = requirements;
        this.bufferKib = bufferKib;
        this.settle = settle;
    }

    /** What became of the command, and what was recorded of it. */
    public record Result(int commandStatus, CaptureSummary summary) {}

    /** Runs {@code command} with this process' own input, output and error. */
    public Result run(List<String> command, Path file) throws CampaignException, IOException, InterruptedException {
        Tracefs tracefs = requirements.check();
        try (TraceInstance instance =
                TraceInstance.prepare(tracefs, ProcessHandle.current().pid(), bufferKib, requirements.proc())) {
            Interruption interruption = new Interruption(instance);
            Runtime.getRuntime().addShutdownHook(interruption);
            try {
                instance.start();
                Process process = start(command);
                interruption.watch(process);
                int status = process.waitFor();
                // the last grace periods have to end, or the frees behind them are missing
                TimeUnit.NANOSECONDS.sleep(settle.toNanos());
                instance.stop();
                return new Result(status, RecordingWriter.write(instance, Math.toIntExact(process.pid()), file));
            } finally {
                interruption.over();
            }
        }
    }

    private static Process start(List<String> command) throws CampaignException {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new CampaignException("the command " + command.get(0) + " cannot be run: " + reason(e));
        }
    }

    /** What the system said, out of what the JDK made of it; that differs between JDKs. */
    private static String reason(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = String.valueOf(cause.getMessage());
        Matcher said = SYSTEM.matcher(message);
        return said.find() ? said.group(1) : message;
    }
}
