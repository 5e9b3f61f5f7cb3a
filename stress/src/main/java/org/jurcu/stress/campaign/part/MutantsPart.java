package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.MutantOutcome;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.mutants.MutantTable;
import org.jurcu.stress.campaign.mutants.Mutants;

/** The library, wrong in one line at a time. */
final class MutantsPart implements Part<MutantResult> {
    @Override
    public String name() {
        return "mutants";
    }

    @Override
    public String meaning() {
        return "Each line that was made wrong was noticed by the check that is there for it, which has nothing against"
                + " the line as it is.";
    }

    @Override
    public Class<MutantResult> resultType() {
        return MutantResult.class;
    }

    @Override
    public String key(MutantResult result) {
        return result.id();
    }

    @Override
    public boolean passed(MutantResult result) {
        return result.outcome() == MutantOutcome.KILLED;
    }

    /** It needs the compiled tests and many JVMs. */
    @Override
    public Duration time(boolean quick) {
        return Duration.ZERO;
    }

    @Override
    public Section<MutantResult> run(Assignment assignment)
            throws CampaignException, IOException, InterruptedException {
        return Mutants.matching(assignment.root(), null)
                .run(
                        assignment.java(),
                        assignment.jcstressJar(),
                        assignment.directory(),
                        Mutants.LIMIT,
                        assignment.progress());
    }

    @Override
    public void print(List<MutantResult> results, PrintStream out) {
        MutantTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<MutantResult> section) {
        html.raw("<h2>Mutants: the library, wrong in one line</h2>\n");
        html.raw("<p class=\"soft\">Each is one changed line of the shipped source, compiled and run under the one"
                + " check that must notice it. One that survives is no fault of the library, but the hunt is blind"
                + " there.</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings("mutant", "outcome", "detector", "#seconds", "the change, what is wrong, and what was seen")
                .raw("<tbody>");
        for (MutantResult r : section.results()) {
            html.raw("<tr>").element("td", "name", r.id());
            html.element("td", passed(r) ? "" : "bad", r.outcome().word());
            html.element("td", "", r.detector());
            html.element("td", "n", String.format(Locale.ROOT, "%.1f", r.seconds()));
            html.raw("<td class=\"outcomes\">")
                    .text(r.file().replaceFirst(".*/", "") + " " + r.line() + ": ")
                    .raw("<code>")
                    .text(r.was())
                    .raw("</code> → <code>")
                    .text(r.is())
                    .raw("</code><br>")
                    .text(r.why())
                    .raw("<br><b>")
                    .text(r.what())
                    .raw("</b></td></tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }
}
