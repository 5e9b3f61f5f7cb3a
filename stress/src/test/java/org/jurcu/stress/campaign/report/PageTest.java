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
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressOutcome;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;

class PageTest {
    private static final String EVIL = "<script>alert('x')</script> & \"quoted\"";

    @TempDir
    Path dir;

    private static BenchmarkResult bench(String name) {
        return new BenchmarkResult(
                "Group<b>",
                name,
                Map.of(),
                "full" + EVIL,
                "avgt",
                "ns/op",
                1,
                1,
                5,
                12.5,
                12.5,
                0.5,
                0.0,
                "floor",
                2.5);
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
                new Host("Linux", EVIL, "amd64", EVIL, 2, 1000),
                new Jdk("17" + EVIL, EVIL, EVIL),
                Map.of("Jurcu", EVIL),
                new Section<>(
                        Verdict.VIOLATION,
                        List.of(EVIL),
                        List.of(EVIL),
                        1,
                        1,
                        1.5,
                        List.of(),
                        List.of(Reports.withMismatch(EVIL, 7, EVIL))),
                new Section<>(
                        Verdict.VIOLATION,
                        List.of(EVIL),
                        List.of(),
                        1,
                        1,
                        1.5,
                        List.of("java " + EVIL),
                        List.of(stress)),
                new Section<>(
                        Verdict.PASS,
                        List.of(),
                        List.of(EVIL),
                        2,
                        2,
                        1.5,
                        List.of("java " + EVIL),
                        List.of(bench("rcu"), bench("floor" + EVIL), bench("peer<i>"))));
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
    void barsTakeThePagesColours() {
        String svg = BenchmarkBars.svg(List.of(bench("rcu"), bench("floorX"), bench("peerY")), "bars0");
        for (String colour : List.of("--ours", "--floor", "--peer", "--ink")) {
            assertTrue(svg.contains("var(" + colour + ")"), colour + " is not used");
        }
        assertFalse(svg.contains("rgb(1,2,3)") || svg.contains("rgb(7,8,9)"), "a stand-in colour was left");
    }

    private static BenchmarkResult read(String name, String fence, double median) {
        return new BenchmarkResult(
                "ReadSideBenchmark",
                name,
                Map.of(),
                fence,
                "avgt",
                "ns/op",
                1,
                1,
                5,
                median,
                median,
                null,
                null,
                null,
                null);
    }

    @Test
    void theSpeedsToReachStandBesideWhatWasMeasured() {
        Html html = new Html();
        TargetPart.append(
                html,
                List.of(
                        read("rcuReader", "membarrier", 1.5),
                        read("rcuReadLock", "membarrier", 9),
                        read("floorVolatileRead", "membarrier", 1)));
        String part = html.toString();
        assertTrue(
                part.contains("<td>ReadSideBenchmark.floorVolatileRead</td><td class=\"n\">+ 0.500 ns</td>"
                        + "<td class=\"name\">&lt;= floor + 0.7 ns</td><td><span class=\"verdict pass\">met</span>"),
                part);
        assertTrue(part.contains("<td class=\"name\">&lt;= floor + 1.8 ns</td><td><span"), part);
        assertTrue(part.contains("<span class=\"verdict inconclusive\">missed</span>"), part);
        assertTrue(part.contains("Not measured in this run: RcuReader section, full strategy;"), part);
    }

    @Test
    void resultsWithoutTargetsGetNoTableOfTargets() {
        Html html = new Html();
        TargetPart.append(html, List.of(bench("rcu")));
        assertEquals("", html.toString());
    }

    @Test
    void eachStrategyHasBarsOfItsOwn() {
        Html html = new Html();
        BenchPart.append(
                html,
                new Section<>(
                        Verdict.PASS,
                        List.of(),
                        List.of(),
                        2,
                        2,
                        1,
                        List.of(),
                        List.of(read("peerX", "membarrier", 1), read("peerX", "full", 6))));
        assertTrue(html.toString().contains("<h3>ReadSideBenchmark, membarrier strategy</h3>"), html.toString());
        assertTrue(html.toString().contains("<h3>ReadSideBenchmark, full strategy</h3>"), html.toString());
    }

    @Test
    void aPartThatDidNotRunIsSaidNotToHaveRun() {
        CampaignReport r = report();
        CampaignReport onlyBench = new CampaignReport(
                r.format(),
                Verdict.PASS,
                0,
                r.started(),
                r.finished(),
                false,
                "./campaign bench",
                r.host(),
                r.jdk(),
                r.versions(),
                null,
                null,
                r.bench());
        String page = Page.of(onlyBench);
        assertTrue(page.contains("not run"));
        assertFalse(page.contains("Replay:"));
        assertFalse(Json.write(onlyBench).contains("\"replay\""));
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
    void anotherFormatIsRefused() throws Exception {
        Path file = dir.resolve("report.json");
        Files.writeString(file, Json.write(report()).replaceFirst("\"format\" : 1", "\"format\" : 99"));
        assertTrue(assertThrows(CampaignException.class, () -> Json.readReport(file))
                .getMessage()
                .contains("format 99"));
        Files.writeString(file, "[]");
        assertThrows(CampaignException.class, () -> Json.readReport(file));
        assertThrows(CampaignException.class, () -> Json.readReport(dir.resolve("absent.json")));
    }
}
