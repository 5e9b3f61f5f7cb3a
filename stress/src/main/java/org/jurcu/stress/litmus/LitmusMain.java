package org.jurcu.stress.litmus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;

/**
 * Runs litmus patterns in a JVM of their own, so that nothing else has filled its profiles, and none of its threads that hangs is
 * left behind. The campaign starts it.
 */
public final class LitmusMain {
    /** As the last argument: the patterns that the expression finds, and not their twins. */
    public static final String WITHOUT_TWINS = "without-twins";

    private LitmusMain() {}

    /**
     * Takes the file for the results, milliseconds, a seed, an expression if not all patterns are wanted, and behind that maybe
     * {@link #WITHOUT_TWINS}.
     */
    public static void main(String[] args) throws IOException, CampaignException, InterruptedException {
        LitmusSuite found = LitmusSuite.matching(args.length > 3 ? args[3] : null);
        LitmusSuite suite = args.length > 4 && args[4].equals(WITHOUT_TWINS) ? found.withoutTwins() : found;
        Section<LitmusResult> section = suite.run(
                Duration.ofMillis(Long.parseLong(args[1])), Long.parseLong(args[2]), new LineProgress(System.out));
        new ObjectMapper().writeValue(Path.of(args[0]).toFile(), section);
        System.exit(0); // whatever thread may hang
    }
}
