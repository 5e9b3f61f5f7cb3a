package org.jurcu.stress.campaign;

import java.nio.file.Path;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.replay.KernelReplayer;
import picocli.CommandLine;

/** Entry of the launcher {@code ./campaign}, which builds the jars first and passes the project's root. */
public final class CampaignMain {
    private CampaignMain() {}

    /** Runs a command and exits with its status: 0 pass, 1 violation, 2 cannot be done, 3 inconclusive. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true"); // the bars are drawn without a display
        Environment environment = new Environment(
                Path.of(System.getProperty("jurcu.root", "")).toAbsolutePath(),
                JavaCommand.thisJava(),
                System.in,
                System.out,
                System.err,
                Integer.getInteger("jurcu.columns", 0),
                new KernelReplayer());
        System.exit(commandLine(environment).execute(args));
    }

    static CommandLine commandLine(Environment environment) {
        CommandLine line = new CommandLine(new CampaignCommand(environment));
        line.addSubcommand(new ReplayCommand(environment));
        line.addSubcommand(new GenerateCommand(environment));
        line.addSubcommand(new SoakCommand(environment));
        // what stands behind the command is the command's
        line.addSubcommand(new CommandLine(new CaptureCommand(environment)).setStopAtPositional(true));
        line.addSubcommand(new StressCommand(environment));
        line.addSubcommand(new TortureCommand(environment));
        line.addSubcommand(new LitmusCommand(environment));
        line.addSubcommand(new BenchCommand(environment));
        line.addSubcommand(new ModelsCommand(environment));
        line.addSubcommand(new MutantsCommand(environment));
        line.addSubcommand(new ReportCommand(environment));
        line.addSubcommand(new MergeCommand(environment));
        Complaints.install(line, environment);
        return line;
    }
}
