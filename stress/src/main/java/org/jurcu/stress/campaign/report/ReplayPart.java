package org.jurcu.stress.campaign.report;

import java.util.Locale;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.replay.ReplayTable;
import org.jurcu.stress.campaign.replay.ReplayVerdict;
import org.jurcu.task.replay.ReplayReport;

/** The table of replays. */
final class ReplayPart {
    private static final int MISMATCHES_SHOWN = 20;

    private ReplayPart() {}

    static void append(Html html, Section<ReplayReport> section) {
        html.raw("<h2>Replay: the kernel as oracle</h2>\n");
        html.raw(
                "<p class=\"soft\">Recordings of a real Linux kernel's scheduler tracepoints, replayed on real threads,"
                        + " one for each CPU of the recording, with further threads reading under RCU meanwhile.</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings(
                        "recording",
                        "verdict",
                        "layout",
                        "#cpus",
                        "#readers",
                        "#events",
                        "#skipped",
                        "#forks",
                        "#exits",
                        "#kernel freed",
                        "#model freed",
                        "#alike",
                        "#wait",
                        "#sigchld",
                        "#zombies",
                        "#live",
                        "#early",
                        "#double",
                        "#leaks",
                        "#warnings",
                        "#s")
                .raw("<tbody>");
        section.results().forEach(r -> row(html, r));
        html.raw("</tbody></table></div>\n");
        section.results().forEach(r -> details(html, r));
    }

    private static void row(Html html, ReplayReport r) {
        html.raw("<tr>").element("td", "name", ReplayTable.shortName(r.trace())).raw("<td>");
        Page.verdict(html, ReplayVerdict.of(r).verdict());
        html.raw("</td>").element("td", "name", r.layout());
        number(html, r.cpus());
        number(html, r.readers());
        number(html, r.events());
        number(html, r.skipped());
        number(html, r.forks());
        number(html, r.exits());
        number(html, r.kernelFrees());
        number(html, r.modelFrees());
        number(html, r.matched());
        share(html, r.waitResultsMatched(), r.waitResultsCompared());
        share(html, r.sigchldMatched(), r.sigchldCompared());
        number(html, r.zombiesLeft());
        number(html, r.liveLeft());
        fault(html, r.earlyFrees());
        fault(html, r.doubleFrees());
        fault(html, r.leaks());
        fault(html, r.warnings());
        html.element("td", "n", String.format(Locale.ROOT, "%.2f", r.seconds())).raw("</tr>\n");
    }

    private static void details(Html html, ReplayReport r) {
        if (!r.mismatches().isEmpty()) {
            html.raw("<h3>")
                    .text(ReplayTable.shortName(r.trace()) + ": "
                            + r.mismatches().size() + " mismatches")
                    .raw("</h3>\n<table>");
            html.headings("#pid", "what").raw("<tbody>");
            r.mismatches().stream().limit(MISMATCHES_SHOWN).forEach(m -> html.raw("<tr>")
                    .element("td", "n", m.pid())
                    .element("td", m.what())
                    .raw("</tr>\n"));
            html.raw("</tbody></table>\n");
        }
        if (!r.notes().isEmpty()) {
            html.raw("<details><summary>")
                    .text("Notes on " + ReplayTable.shortName(r.trace()))
                    .raw("</summary>\n");
            html.paragraphs("soft", r.notes()).raw("</details>\n");
        }
    }

    private static void number(Html html, long value) {
        html.element("td", "n", String.format(Locale.ROOT, "%,d", value));
    }

    private static void share(Html html, long matched, long compared) {
        html.element("td", matched == compared ? "n" : "n bad", matched + "/" + compared);
    }

    private static void fault(Html html, long count) {
        html.element("td", count == 0 ? "n" : "n bad", count);
    }
}
