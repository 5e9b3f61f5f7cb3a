package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.fence.AsymmetricFence;

class ArgumentsTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--foo",
                "nonsense",
                "replay",
                "replay --foo x",
                "stress --time never",
                "stress --time 0s",
                "stress extra",
                "stress -t (",
                "stress -t NoTestHasThisName",
                "bench --time",
                "bench (",
                "bench --baseline",
                "bench --baseline /no/such/report.json",
                "bench --threads",
                "bench --threads 0",
                "bench --threads 1,two",
                "bench --quick --full",
                "bench --fence",
                "bench --fence none",
                "bench --fence full,none",
                "--fence",
                "--fence none",
                "stress --fence none",
                "litmus --time never",
                "litmus --seed x",
                "litmus --fence none",
                "litmus -t (",
                "litmus -t NoPatternHasThisName",
                "litmus extra",
                "generate",
                "generate --tasks 10",
                "generate -o no/such/directory/x.trace",
                "generate --tasks 0 -o -",
                "generate --tasks many -o -",
                "generate --cpus 0 -o -",
                "generate --mix walk -o -",
                "generate --pid-max 12 -o -",
                "generate --seed x -o -",
                "soak --time never",
                "soak --count 0",
                "soak --cpus 0",
                "soak --readers -1",
                "soak --layout round",
                "soak --json no/such/directory/x.json",
                "soak extra",
                "torture --flavour rcu,none",
                "torture --duration never",
                "torture --seed x",
                "torture extra",
                "report a b",
                "report"
            })
    void whatCannotBeDoneIsOneSentenceAndStatus2(String arguments) {
        Desk desk = new Desk(root);
        assertEquals(2, desk.run((Object[]) arguments.split(" ")));
        assertEquals(1, desk.err().lines().count(), desk.err());
        assertTrue(desk.err().startsWith("campaign: "), desk.err());
        assertFalse(desk.err().contains("Exception"), desk.err());
        assertEquals("", desk.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--help,Exit status",
        "replay --help,--layout",
        "stress --help,--time",
        "bench --help,--list",
        "generate --help,--mix",
        "soak --help,--layout",
        "torture --help,--flavour",
        "report --help,report.json"
    })
    void everyCommandHasHelp(String arguments, String mentions) {
        Desk desk = new Desk(root);
        assertEquals(0, desk.run((Object[]) arguments.split(" ")));
        assertTrue(desk.out().contains(mentions), desk.out());
        assertEquals("", desk.err());
    }

    @Test
    void aCampaignWithoutRecordingsCannotBeDone() {
        Desk desk = new Desk(root);
        assertEquals(2, desk.run("--quick"));
        assertTrue(desk.complaints().startsWith("campaign: no recording (*.trace.gz) is in "), desk.err());
    }

    @Test
    void aFenceThatIsNotInForceIsRefused() {
        String inForce = AsymmetricFence.strategy();
        String other = inForce.equals("full") ? "membarrier" : "full";
        Desk desk = new Desk(root);
        assertEquals(2, desk.run("stress", "--fence", other));
        assertEquals(
                "campaign: --fence " + other + " comes too late: " + inForce + " is in force in this JVM",
                desk.complaints());
        assertEquals(2, new Desk(root).run("--fence", inForce), "there are no recordings");
    }

    /** What the build asked for by -Djurcu.test.fence is what this module's tests run under. */
    @Test
    void theTestsRunUnderTheStrategyThatWasAskedFor() {
        boolean membarrier = "membarrier".equals(System.getProperty("jurcu.test.fence"));
        assertEquals(membarrier ? "membarrier" : "full", AsymmetricFence.strategy());
    }

    @Test
    void aWrongOptionNamesTheCommandThatHelps() {
        Desk desk = new Desk(root);
        desk.run("replay", "--foo", "x");
        assertEquals(
                "campaign: unknown option: '--foo'; ./campaign replay --help lists what there is",
                desk.err().strip());
    }
}
