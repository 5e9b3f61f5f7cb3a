package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.capture.Capture;
import org.jurcu.stress.campaign.capture.CaptureSummary;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a command for {@code replay}. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description = "Records the life and death of a command's tasks with the kernel's tracefs (Linux, root).",
        footer = {
            "",
            "The command has this terminal. Its exit status is printed and does not become the capture's, which is 0"
                    + " for a complete recording, 3 if the ring buffer lost events, and 2 if nothing could be recorded."
        })
final class CaptureCommand implements Callable<Integer> {
    private static final int SIGNALLED = 128;

    private final Environment environment;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "Where the recording goes; compressed if it ends in .gz (default: COMMAND.trace.gz).")
    private Path file;

    @Option(
            names = "--buffer-kib",
            paramLabel = "N",
            description = "Ring buffer a CPU, in KiB (default: ${DEFAULT-VALUE}).",
            defaultValue = "65536")
    private int bufferKib;

    @Option(
            names = "--settle-ms",
            paramLabel = "N",
            description = "How long to go on after the command, so that its last grace periods end (default:"
                    + " ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int settleMillis;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments, behind --.")
    private List<String> command;

    CaptureCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        if (bufferKib < 1 || settleMillis < 0) {
            throw new CampaignException("--buffer-kib must be 1 or more and --settle-ms 0 or more");
        }
        Path to = OutputFile.writable(file == null ? ofCommand() : file);
        Capture.Result result = new Capture(bufferKib, Duration.ofMillis(settleMillis)).run(command, to);
        tell(result, to);
        return result.summary().lost() > 0 ? Verdict.INCONCLUSIVE.exitStatus() : Verdict.PASS.exitStatus();
    }

    private Path ofCommand() {
        Path name = Path.of(command.get(0)).getFileName();
        return Path.of((name == null ? "capture" : name) + ".trace.gz");
    }

    private void tell(Capture.Result result, Path to) {
        CaptureSummary summary = result.summary();
        PrintStream err = environment.err();
        int status = result.commandStatus();
        err.println("campaign: the command ended with exit status " + status
                + (status > SIGNALLED ? " (if a signal ended it, signal " + (status - SIGNALLED) + ")" : ""));
        err.println("campaign: " + to + " holds " + summary.events() + " events of " + summary.tasks() + " tasks, "
                + summary.exits() + " of which ended and " + summary.frees() + " were freed");
        if (summary.lost() > 0) {
            err.println("campaign: the ring buffer lost " + summary.lost()
                    + " events of all tasks, and the recording says so;" + " give it more than " + bufferKib
                    + " KiB a CPU with --buffer-kib");
        }
    }
}
