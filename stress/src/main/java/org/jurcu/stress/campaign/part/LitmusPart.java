package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.litmus.LitmusJvm;
import org.jurcu.stress.campaign.litmus.LitmusSummary;
import org.jurcu.stress.campaign.litmus.LitmusTable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;

/** The patterns of the kernel's memory model, in batches. */
final class LitmusPart implements Part<LitmusResult> {
    @Override
    public String name() {
        return "litmus";
    }

    @Override
    public String meaning() {
        return "No litmus pattern of RCU showed what the model forbids; each showed what it allows, and so did each"
                + " twin.";
    }

    @Override
    public Class<LitmusResult> resultType() {
        return LitmusResult.class;
    }

    @Override
    public String key(LitmusResult result) {
        return result.name();
    }

    @Override
    public boolean passed(LitmusResult result) {
        return result.verdict() == Verdict.PASS;
    }

    @Override
    public Duration time(boolean quick) {
        return Duration.ofSeconds(quick ? 8 : 30);
    }

    @Override
    public Section<LitmusResult> run(Assignment assignment)
            throws CampaignException, IOException, InterruptedException {
        return new LitmusJvm(assignment.java(), assignment.jcstressJar(), assignment.directory(), assignment.progress())
                .run(null, assignment.time(), System.nanoTime());
    }

    @Override
    public void print(List<LitmusResult> results, PrintStream out) {
        LitmusTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<LitmusResult> section) {
        html.raw("<h2>Litmus: what the memory model says of RCU</h2>\n");
        html.raw("<p class=\"soft\">What is never seen must not be; what is seen sometimes must be, and so must the"
                + " outcome of each twin, which lacks one thing. Counts are over all flavours.</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings(
                        "pattern",
                        "verdict",
                        "outcome",
                        "is",
                        "#flavours",
                        "#samples",
                        "#seen",
                        "#a second",
                        "outcomes")
                .raw("<tbody>");
        for (LitmusSummary s : LitmusSummary.of(section.results())) {
            row(html, s);
        }
        html.raw("</tbody></table></div>\n");
    }

    private static void row(Html html, LitmusSummary s) {
        boolean twin = !s.weakening().isEmpty();
        html.raw("<tr>").element("td", "name", twin ? "… " + s.weakening() : s.pattern());
        html.raw("<td>");
        html.verdict(s.verdict());
        html.raw("</td>");
        html.element("td", "", twin ? "" : s.condition());
        html.element("td", "", s.expectation());
        html.element("td", "n", s.results().size());
        html.element("td", "n", count(s.samples()));
        html.element("td", !twin && s.verdict() == Verdict.VIOLATION ? "n bad" : "n", count(s.seen()));
        html.element("td", "n", count(Math.round(s.rate()))).raw("<td class=\"outcomes\">");
        for (LitmusResult r : s.results()) {
            if (!r.reason().isEmpty()) {
                html.raw("<b>").text(r.flavour() + " " + r.reason()).raw("</b><br>");
            }
        }
        s.results().stream()
                .map(LitmusResult::note)
                .filter(note -> !note.isEmpty())
                .distinct()
                .forEach(note -> html.text(note).raw("<br>"));
        s.outcomes().forEach((outcome, samples) -> html.raw("<b>")
                .text(count(samples))
                .raw("</b> ")
                .text("× " + outcome)
                .raw("<br>"));
        html.raw("</td></tr>\n");
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
