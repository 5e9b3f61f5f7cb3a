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
    private LitmusMain() {}

    /** Takes the file for the results, milliseconds, a seed, and an expression if not all patterns are wanted. */
    public static void main(String[] args) throws IOException, CampaignException, InterruptedException {
        LitmusSuite suite = LitmusSuite.matching(args.length > 3 ? args[3] : null);
        Section<LitmusResult> section = suite.run(
                Duration.ofMillis(Long.parseLong(args[1])), Long.parseLong(args[2]), new LineProgress(System.out));
        new ObjectMapper().writeValue(Path.of(args[0]).toFile(), section);
        System.exit(0); // whatever thread may hang
    }
}
