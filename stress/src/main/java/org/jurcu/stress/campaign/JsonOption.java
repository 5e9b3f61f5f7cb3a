package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.report.Json;
import picocli.CommandLine.Option;

/** {@code --json}: what was found, for a program; people's text makes room for it on standard output. */
final class JsonOption {
    private static final String STANDARD_OUTPUT = "-";

    @Option(names = "--json", paramLabel = "OUT", description = "Write what was found as JSON; - is standard output.")
    private String out;

    /**
     * Finds out before the work whether the result can be written after it.
     *
     * @throws CampaignException if it could not
     */
    void check() throws CampaignException {
        if (out != null && !isOnOut()) {
            OutputFile.writable(Path.of(out));
        }
    }

    private boolean isOnOut() {
        return STANDARD_OUTPUT.equals(out);
    }

    /** Where people's text goes. */
    PrintStream text(Environment environment) {
        return isOnOut() ? environment.err() : environment.out();
    }

    /** Writes {@code found} if it was asked for. */
    void write(Object found, Environment environment) throws IOException {
        if (isOnOut()) {
            environment.out().print(Json.write(found));
            environment.out().flush();
        } else if (out != null) {
            Files.writeString(Path.of(out), Json.write(found));
        }
    }
}
