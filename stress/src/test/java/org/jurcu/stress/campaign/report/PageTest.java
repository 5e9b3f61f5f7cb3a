package org.jurcu.stress.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Reports;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Host;
import org.jurcu.stress.campaign.model.Jdk;
import org.jurcu.stress.campaign.model.Origin;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Shard;
import org.jurcu.stress.campaign.model.StressOutcome;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;

class PageTest {
    private static final String EVIL = "<script>alert('x')</script> & \"quoted\"";

    private static final Host HOST = new Host("Linux", EVIL, "amd64", EVIL, 2, 1000, EVIL);

    @TempDir
    Path dir;

    private static BenchmarkResult bench(String name) {
        return new BenchmarkResult(
                        "Group<b>", name, Map.of(), "full" + EVIL, "avgt", "ns/op", 1, 1, 5, 12.5, 12.5, 0.5, 0.0)
                .over("floor", 2.5);
    }

    /** A report whose every text wants to be markup. */
    private static CampaignReport report() {
        StressResult stress = new StressResult(
                "org.x.Dekker.Shipped" + EVIL,
                TestKind.SHIPPED,
                Verdict.VIOLATION,
                EVIL,
                10,
                0,
                1,
                1,
                0,
                1,
                List.of(new StressOutcome("0, 0", "forbidden", 1, EVIL)),
                List.of(EVIL));
        return new CampaignReport(
                CampaignReport.FORMAT,
                Verdict.VIOLATION,
                1,
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:05:05Z",
                true,
                "./campaign " + EVIL,
                HOST,
                new Jdk("17" + EVIL, EVIL, EVIL),
                Map.of("Jurcu", EVIL),
                new Shard(1, 2),
                1,
                List.of(new Origin(
                        new Shard(2, 2), Verdict.PASS, EVIL, EVIL, 0, EVIL, HOST, new Jdk(EVIL, EVIL, EVIL), EVIL)),
                List.of(),
                Map.of(
                        "replay",
                        new Section<>(
                                Verdict.VIOLATION,
                                List.of(EVIL),
                                List.of(EVIL),
                                1,
                                1,
                                1.5,
                                List.of(),
                                List.of(Reports.withMismatch(EVIL, 7, EVIL))),
                        "stress",
                        new Section<>(
                                Verdict.VIOLATION,
                                List.of(EVIL),
                                List.of(),
                                1,
                                1,
                                1.5,
                                List.of("java " + EVIL),
                                List.of(stress)),
                        "bench",
                        new Section<>(
                                Verdict.PASS,
                                List.of(),
                                List.of(EVIL),
                                2,
                                2,
                                1.5,
                                List.of("java " + EVIL),
                                List.of(bench("rcu"), bench("floor" + EVIL), bench("peer<i>")))));
    }

    @Test
    void whateverComesFromOutsideIsEscaped() {
        String page = Page.of(report());
        assertFalse(page.contains("<script"), "a script came through");
        assertFalse(page.contains("<i>"), "an element came through");
        assertFalse(page.contains("Group<b>"), "an element came through");
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;"));
    }

    @Test
    void thePageNeedsNothingBesideItself() {
        String page = Page.of(report());
        for (String reference : List.of("src=", "@import", "<link", "<iframe", "<object", "url(http", "//cdn")) {
            assertFalse(page.contains(reference), "the page refers to something by " + reference);
        }
        Matcher address = Pattern.compile("https?://[^\\s\"'<>)]*").matcher(page);
        while (address.find()) {
            assertTrue(address.group().startsWith("http://www.w3.org/"), "the page names " + address.group());
        }
        Matcher href = Pattern.compile("href=\"([^\"]*)\"").matcher(page);
        while (href.find()) {
            assertTrue(href.group(1).startsWith("#"), "the page refers to " + href.group(1));
        }
    }

    @Test
    void verdictsComeFirstAndEveryPartIsThere() {
        String page = Page.of(report());
        int verdict = page.indexOf("verdict violation");
        assertTrue(verdict > 0 && verdict < page.indexOf("<h2>"));
        for (String part : List.of("Replay:", "Stress:", "Bench:", "<svg", "Machine, JDK", "Command lines", "1 × ")) {
            assertTrue(page.contains(part), part + " is missing");
        }
    }

    @Test
    void aPartThatDidNotRunIsSaidNotToHaveRun() {
        CampaignReport r = report();
        CampaignReport onlyBench = r.withParts(Map.of("bench", r.parts().get("bench")));
        String page = Page.of(onlyBench);
        assertTrue(page.contains("not run"));
        assertFalse(page.contains("Replay:"));
        assertFalse(Json.writeReport(onlyBench).contains("\"replay\""));
    }

    @Test
    void theReportIsReadBackAsItWasWritten() throws Exception {
        CampaignReport report = report();
        ReportFiles.write(report, dir);
        assertEquals(report, Json.readReport(dir.resolve("report.json")));
        String page = Files.readString(dir.resolve("index.html"));
        Files.delete(dir.resolve("index.html"));
        assertEquals(dir.resolve("index.html"), ReportFiles.rewritePage(dir));
        assertEquals(page, Files.readString(dir.resolve("index.html")));
    }

    @Test
    void severalJdksStandSideBySideAndAreReadBack() throws Exception {
        CampaignReport one = report();
        CampaignReport matrix = one.withParts(Map.of()).withRuns(List.of(one, one));
        ReportFiles.write(matrix, dir);
        assertEquals(matrix, Json.readReport(dir.resolve("report.json")));
        String page = Page.of(matrix);
        assertFalse(page.contains("<script"), "a script came through");
        assertTrue(page.contains("Side by side"));
        assertEquals(3, page.split("Stress: races").length, "each JDK has its own tables");
        assertTrue(page.contains("<td>violation, 10</td><td>violation, 10</td>"), "no cell beside the other");
    }

    @Test
    void anotherFormatIsRefused() throws Exception {
        Path file = dir.resolve("report.json");
        Files.writeString(file, Json.writeReport(report()).replaceFirst("\"format\" : 1", "\"format\" : 99"));
        assertTrue(assertThrows(CampaignException.class, () -> Json.readReport(file))
                .getMessage()
                .contains("format 99"));
        Files.writeString(file, "[]");
        assertThrows(CampaignException.class, () -> Json.readReport(file));
        assertThrows(CampaignException.class, () -> Json.readReport(dir.resolve("absent.json")));
    }
}
