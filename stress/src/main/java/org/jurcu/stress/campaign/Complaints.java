package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one sentence and an exit status. */
final class Complaints {
    /** What was asked for cannot be done. */
    static final int CANNOT = 2;

    private final Environment environment;

    private Complaints(Environment environment) {
        this.environment = environment;
    }

    static void install(CommandLine line, Environment environment) {
        Complaints complaints = new Complaints(environment);
        line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(complaints::wrongArguments);
        line.setExecutionExceptionHandler(complaints::failed);
        line.setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Prints the sentence and returns the exit status that goes with it. */
    static int say(Environment environment, String sentence) {
        environment.err().println("campaign: " + sentence.strip().replaceAll("\\s*\\R\\s*", " "));
        return CANNOT;
    }

    private int wrongArguments(ParameterException e, String[] args) {
        String message = e.getMessage().replaceAll("\\.$", "");
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return say(
                environment,
                Character.toLowerCase(message.charAt(0)) + message.substring(1) + "; ./" + command
                        + " --help lists what there is");
    }

    private int failed(Exception e, CommandLine line, ParseResult parsed) {
        if (e instanceof CampaignException) {
            return say(environment, e.getMessage());
        }
        if (e instanceof IOException) {
            return say(environment, "cannot go on: " + e);
        }
        environment.err().println("campaign: this is a fault of the campaign itself, so nothing was shown");
        e.printStackTrace(environment.err());
        return Verdict.INCONCLUSIVE.exitStatus();
    }
}
