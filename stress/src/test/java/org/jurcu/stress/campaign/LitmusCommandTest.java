package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.report.Json;

class LitmusCommandTest {
    @TempDir
    Path root;

    @Test
    void theListHasPatternsWithTheirFlavours() {
        Desk desk = new Desk(root);
        assertEquals(0, desk.run("litmus", "--list", "-t", "^SB$|^MP.sync.rcu/"));
        assertEquals(
                "SB MP+sync+rcu/rcu MP+sync+rcu/rcu-reader MP+sync+rcu/rcu-virtual MP+sync+rcu/qsbr"
                        + " MP+sync+rcu/qsbr-quiescent MP+sync+rcu/srcu",
                desk.out().strip().replaceAll("\\R", " "));
    }

    @Test
    void patternsAreShownAsTheyAreWritten() {
        Desk desk = new Desk(root);
        assertEquals(0, desk.run("litmus", "--show", "-t", "SB.mbs"));
        assertTrue(desk.out().startsWith("SB+mbs: a full fence between them"), desk.out());
        assertTrue(desk.out().contains("mb     | mb\n"), desk.out());
    }

    /** The real engine, in a JVM of its own: with the classes at hand in the place of the jar. */
    @Test
    void aRunLeavesItsReport() throws Exception {
        Path java = Scripts.write(
                root.resolve("jdk/java"),
                "while [[ $1 != -cp ]]; do shift; done\nshift 2\nexec '" + JavaCommand.thisJava() + "' -cp '"
                        + System.getProperty("java.class.path") + "' \"$@\"\n");
        Desk desk = new Desk(root, java, "");
        int status = desk.run("litmus", "-t", "^MP.rcu.rcu/rcu$|^LB$", "--time", "1s", "--seed", "3");
        CampaignReport report = Json.readReport(root.resolve("target/campaign-litmus/report.json"));
        assertEquals(Set.of("litmus"), report.parts().keySet());
        assertEquals(2, report.parts().get("litmus").ran(), desk.err());
        // A busy machine may not let the two meet within a second; what is forbidden it cannot show.
        assertTrue(report.verdict() != Verdict.VIOLATION
                && status == report.verdict().exitStatus());
        assertTrue(desk.out().contains("MP+rcu+rcu"), desk.out());
        String page = Files.readString(root.resolve("target/campaign-litmus/index.html"));
        assertTrue(page.contains("Litmus: what the memory model says of RCU"));
        assertTrue(page.contains("cannot be seen on")
                || !System.getProperty("os.arch").equals("amd64"));
    }

    @Test
    void aRunThatCouldNotRunIsInconclusive() throws Exception {
        Desk desk = new Desk(root, Scripts.write(root.resolve("jdk/java"), "exit 1\n"), "");
        assertEquals(3, desk.run("litmus", "--quick"));
        assertTrue(desk.out().contains("verdict: inconclusive"), desk.out());
    }
}
