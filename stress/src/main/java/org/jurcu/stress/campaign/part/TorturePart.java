package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.torture.TortureProcess;
import org.jurcu.stress.torture.TortureTable;

/** Whole domains, used long and rudely. */
final class TorturePart implements Part<TortureResult> {
    private static final long SEED = 1;

    @Override
    public String name() {
        return "torture";
    }

    @Override
    public String meaning() {
        return "Every busted flavour was caught for its fault, and no reader of a shipped one saw what a grace period"
                + " had passed over.";
    }

    @Override
    public Class<TortureResult> resultType() {
        return TortureResult.class;
    }

    @Override
    public String key(TortureResult result) {
        return result.flavour();
    }

    @Override
    public boolean passed(TortureResult result) {
        return result.verdict() == Verdict.PASS;
    }

    @Override
    public Duration time(boolean quick) {
        return Duration.ofSeconds(quick ? 8 : 40);
    }

    @Override
    public Section<TortureResult> run(Assignment assignment) throws IOException, InterruptedException {
        return new TortureProcess(
                        assignment.java(), assignment.jcstressJar(), assignment.directory(), assignment.progress())
                .run(List.copyOf(TortureProcess.flavours().keySet()), assignment.time(), SEED);
    }

    @Override
    public void print(List<TortureResult> results, PrintStream out) {
        TortureTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<TortureResult> section) {
        html.raw("<h2>Torture: whole domains, used rudely</h2>\n");
        html.raw("<p class=\"soft\">Readers hold elements that updaters age by one with each grace period; an age"
                + " beyond 1 in a reader's hands is a broken grace period. A busted flavour must be caught for its"
                + " fault. The lines are explained in docs/torture.md.</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings(
                        "flavour",
                        "verdict",
                        "#sections",
                        "#age 0",
                        "#age 1",
                        "#age 2 and more",
                        "#seconds",
                        "what it is, and what was seen")
                .raw("<tbody>");
        section.results().forEach(r -> row(html, r));
        html.raw("</tbody></table></div>\n");
    }

    private static void row(Html html, TortureResult r) {
        long tooOld = TortureTable.tooOld(r);
        html.raw("<tr>").element("td", "name", r.flavour()).raw("<td>");
        html.verdict(r.verdict());
        html.raw("</td>");
        number(html, r.sections());
        number(html, r.ages().get(0));
        number(html, r.ages().get(1));
        html.element("td", tooOld == 0 || r.busted() ? "n" : "n bad", String.format(Locale.ROOT, "%,d", tooOld));
        html.element("td", "n", String.format(Locale.ROOT, "%.1f", r.seconds()));
        html.raw("<td class=\"outcomes\">").text(r.description());
        if (!r.reason().isEmpty()) {
            html.raw("<br><b>").text(r.reason()).raw("</b>");
        }
        r.evidence().forEach(sentence -> html.raw("<br>").text(sentence));
        html.raw("<details><summary>line</summary>").text(r.line()).raw("</details></td></tr>\n");
    }

    private static void number(Html html, long value) {
        html.element("td", "n", String.format(Locale.ROOT, "%,d", value));
    }
}
