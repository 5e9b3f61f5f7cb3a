package org.jurcu.stress.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.bench.PublishedFigures;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.part.Parts;

/** The README's figures are those of the run that is kept in the project, and nobody's memory of them. */
class ReadmeFiguresTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String BEGIN = "<!-- figures: ./campaign report docs/figures --figures -->\n";
    private static final String END = "<!-- end of figures -->";

    private static CampaignReport run() throws Exception {
        return ReportFiles.read(ROOT.resolve("docs/figures"));
    }

    private static String published() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END, begin);
        assertTrue(begin >= 0 && end >= 0, "README.md lacks " + BEGIN + "or " + END);
        return readme.substring(begin + BEGIN.length(), end);
    }

    @Test
    void theTableIsThatOfTheStoredRun() throws Exception {
        CampaignReport run = run();
        assertEquals(
                PublishedFigures.markdown(
                        run, Parts.BENCH.own(run.parts().get("bench")).results()),
                published(),
                "./campaign report docs/figures --figures prints the table");
    }

    @Test
    void theRunHasWhatIsLookedForAndTheMachineIsNamed() throws Exception {
        CampaignReport run = run();
        String table = published();
        for (String row : List.of(
                "`RcuReader` section",
                "`RcuReader` section, two threads",
                "`synchronize`, one busy reader",
                "`call` to `invoke`, many under way",
                "`putTaskStructRcuUser`, not the last")) {
            assertTrue(table.contains("\n| " + row + " |"), row + " was not measured");
        }
        for (String beside : List.of("without protection", "liburcu `memb`", "`StampedLock`", "a shared count")) {
            assertTrue(table.contains(beside), beside + " was not measured");
        }
        assertTrue(
                table.contains(run.host().cpu())
                        && table.contains("JDK " + run.jdk().version()),
                table);
        assertTrue(table.contains("`./campaign bench "), "the command is not named");
        assertFalse(run.quick(), "a quick run is not to be quoted");
    }
}
