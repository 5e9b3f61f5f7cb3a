package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.ModelResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.spin.ModelTable;
import org.jurcu.stress.campaign.spin.SpinModels;

/** The algorithms in a model checker. */
final class ModelsPart implements Part<ModelResult> {
    @Override
    public String name() {
        return "models";
    }

    @Override
    public String meaning() {
        return "No execution of a model breaks a claim within its bounds, and each twin has one that does.";
    }

    @Override
    public Class<ModelResult> resultType() {
        return ModelResult.class;
    }

    @Override
    public String key(ModelResult result) {
        return result.name();
    }

    @Override
    public boolean passed(ModelResult result) {
        return result.verdict() == Verdict.PASS;
    }

    /** It says nothing of this machine, and needs programs that not every one has. */
    @Override
    public Duration time(boolean quick) {
        return Duration.ZERO;
    }

    @Override
    public Section<ModelResult> run(Assignment assignment) throws CampaignException, IOException, InterruptedException {
        return SpinModels.matching(assignment.root(), null)
                .run(assignment.directory(), SpinModels.LIMIT, assignment.progress());
    }

    @Override
    public void print(List<ModelResult> results, PrintStream out) {
        ModelTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<ModelResult> section) {
        html.raw("<h2>Models: every execution within bounds</h2>\n");
        html.raw("<p class=\"soft\">A twin leaves something out, and a counterexample must be found.</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings("model", "what it is, or leaves out", "verdict", "#states", "#depth", "#seconds", "found")
                .raw("<tbody>");
        for (ModelResult r : section.results()) {
            html.raw("<tr>").element("td", "name", r.name()).element("td", "", r.what());
            html.raw("<td>");
            html.verdict(r.verdict());
            html.raw("</td>");
            html.element("td", "n", String.format(Locale.ROOT, "%,d", r.states()));
            html.element("td", "n", r.depth());
            html.element("td", "n", String.format(Locale.ROOT, "%.1f", r.seconds()));
            html.element("td", "", r.found()).raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }
}
