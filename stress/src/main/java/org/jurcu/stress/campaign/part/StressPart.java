package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressOutcome;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.stress.QuickChoice;
import org.jurcu.stress.campaign.stress.StressRun;
import org.jurcu.stress.campaign.stress.StressTable;
import org.jurcu.stress.campaign.stress.StressTests;
import org.jurcu.stress.campaign.stress.Yields;

/** Races on real hardware; each test is shown with its hypotheses. */
final class StressPart implements Part<StressResult> {
    @Override
    public String name() {
        return "stress";
    }

    @Override
    public String meaning() {
        return "Every weakened twin was caught on this machine, and the shipped classes showed nothing forbidden.";
    }

    @Override
    public Class<StressResult> resultType() {
        return StressResult.class;
    }

    @Override
    public String key(StressResult result) {
        return result.test();
    }

    @Override
    public boolean passed(StressResult result) {
        return result.verdict() == Verdict.PASS;
    }

    @Override
    public Duration time(boolean quick) {
        return Duration.ofSeconds(quick ? 45 : 150);
    }

    @Override
    public boolean sharded() {
        return true;
    }

    @Override
    public String glance(StressResult result) {
        return result.verdict().word() + ", "
                + (result.kind() == TestKind.WEAKENED ? count(result.interesting()) + " of " : "")
                + count(result.samples());
    }

    @Override
    public Section<StressResult> run(Assignment assignment)
            throws CampaignException, IOException, InterruptedException {
        List<String> all = StressTests.matching(null);
        List<String> chosen = assignment.quick() ? QuickChoice.of(all) : all;
        List<String> tests = assignment.shard().mine(StressTests.byClass(chosen));
        List<StressResult> earlier = assignment.earlier() == null
                ? List.of()
                : own(assignment.earlier()).results();
        return new StressRun(
                        assignment.java(),
                        assignment.jcstressJar(),
                        assignment.directory(),
                        assignment.progress(),
                        assignment.resume())
                .run(tests, assignment.time(), Yields.of(earlier));
    }

    @Override
    public void print(List<StressResult> results, PrintStream out) {
        StressTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<StressResult> section) {
        html.raw("<h2>Stress: races on real hardware</h2>\n");
        html.raw("<p class=\"soft\">A weakened twin leaves one ordering out and must be caught in this very run;"
                + " a model or a shipped class must never show a forbidden outcome.</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings(
                        "test",
                        "verdict",
                        "#samples",
                        "#inter- esting",
                        "#for- bidden",
                        "#errors",
                        "#runs",
                        "how often each outcome was seen, and what it means")
                .raw("<tbody>");
        String previous = "";
        for (StressResult r : section.results()) {
            String subject = StressTable.shortName(r.test()).replaceAll("\\..*", "");
            if (!subject.equals(previous)) {
                html.raw("<tr class=\"subject\"><th colspan=\"8\">")
                        .text(subject)
                        .raw("</th></tr>\n");
                previous = subject;
            }
            row(html, r);
        }
        html.raw("</tbody></table></div>\n");
    }

    private static void row(Html html, StressResult r) {
        html.raw("<tr>").element("td", "name", r.test().substring(r.test().lastIndexOf('.') + 1));
        html.raw("<td>");
        html.verdict(r.verdict());
        html.raw("</td>");
        html.element("td", "n", count(r.samples()));
        html.element("td", "n", count(r.interesting()));
        html.element("td", r.forbidden() == 0 ? "n" : "n bad", count(r.forbidden()));
        html.element("td", r.errors() == 0 || r.kind() == TestKind.WEAKENED ? "n" : "n bad", r.errors());
        html.element("td", "n", r.attempts()).raw("<td class=\"outcomes\">");
        if (!r.reason().isEmpty()) {
            html.raw("<b>").text(r.reason()).raw("</b><br>");
        }
        for (StressOutcome o : r.outcomes()) {
            html.raw("<b>")
                    .text(count(o.count()))
                    .raw("</b> ")
                    .text("× " + o.id() + ", " + o.expect() + ": " + o.description())
                    .raw("<br>");
        }
        html.raw("</td></tr>\n");
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
