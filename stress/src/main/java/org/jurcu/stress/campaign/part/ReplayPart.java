package org.jurcu.stress.campaign.part;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.replay.Repeats;
import org.jurcu.stress.campaign.replay.ReplayRun;
import org.jurcu.stress.campaign.replay.ReplayTable;
import org.jurcu.stress.campaign.replay.ReplayVerdict;
import org.jurcu.stress.campaign.replay.Source;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;

/** The bundled recordings of a real kernel. */
final class ReplayPart implements Part<ReplayReport> {
    private static final int MISMATCHES_SHOWN = 20;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String meaning() {
        return "The model freed exactly the tasks that a real kernel freed, each once, none under a reader.";
    }

    @Override
    public Class<ReplayReport> resultType() {
        return ReplayReport.class;
    }

    @Override
    public String key(ReplayReport result) {
        return ReplayTable.shortName(result.trace());
    }

    @Override
    public boolean passed(ReplayReport result) {
        return ReplayVerdict.of(result).verdict() == Verdict.PASS;
    }

    @Override
    public Duration time(boolean quick) {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean sharded() {
        return true;
    }

    @Override
    public boolean takesMoreTime() {
        return false;
    }

    @Override
    public String glance(ReplayReport result) {
        return ReplayVerdict.of(result).verdict().word() + ", " + result.matched() + " freed alike";
    }

    @Override
    public Section<ReplayReport> run(Assignment assignment) throws CampaignException {
        ReplayRun run =
                new ReplayRun(assignment.replayer(), Repeats.once(ReplayOptions.DEFAULT), assignment.progress());
        ReplayRun.Result result = run.run(assigned(assignment));
        if (!result.unreadable().isEmpty()) {
            throw new CampaignException(String.join("; ", result.unreadable()));
        }
        return result.section();
    }

    private static List<Source> assigned(Assignment assignment) throws CampaignException {
        List<Source> all = Source.bundled(assignment.root());
        List<String> mine =
                assignment.shard().mine(all.stream().map(Source::name).toList());
        return all.stream().filter(source -> mine.contains(source.name())).toList();
    }

    @Override
    public void print(List<ReplayReport> results, PrintStream out) {
        ReplayTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<ReplayReport> section) {
        html.raw("<h2>Replay: the kernel as oracle</h2>\n");
        html.raw("<p class=\"soft\">Recordings of a real Linux kernel's scheduler tracepoints, replayed on real"
                + " threads, one for each CPU of the recording, with further threads reading under RCU"
                + " meanwhile.</p>\n");
        html.raw("<p>")
                .text("Layout of the slot: " + distinct(section, ReplayReport::layout) + ". Readers: "
                        + distinct(section, r -> Integer.toString(r.readers())) + ".")
                .raw("</p>\n");
        html.raw("<div class=\"wide\"><table>")
                .headings(
                        "recording",
                        "verdict",
                        "#CPUs",
                        "#events",
                        "#forks",
                        "#exits",
                        "#freed by kernel",
                        "#freed by model",
                        "#freed alike",
                        "#wait alike",
                        "#SIGCHLD alike",
                        "#zombies left",
                        "#live left",
                        "#early frees",
                        "#double frees",
                        "#leaks",
                        "#warn- ings",
                        "#seconds")
                .raw("<tbody>");
        section.results().forEach(r -> row(html, r));
        html.raw("</tbody></table></div>\n");
        section.results().forEach(r -> mismatches(html, r));
        if (section.results().stream().anyMatch(r -> !r.notes().isEmpty())) {
            html.raw("<details><summary>Notes on the recordings</summary>\n");
            section.results().forEach(r -> notes(html, r));
            html.raw("</details>\n");
        }
    }

    private static String distinct(Section<ReplayReport> section, Function<ReplayReport, String> property) {
        return section.results().stream().map(property).distinct().collect(Collectors.joining(", "));
    }

    private static void row(Html html, ReplayReport r) {
        html.raw("<tr>").element("td", "name", ReplayTable.shortName(r.trace())).raw("<td>");
        html.verdict(ReplayVerdict.of(r).verdict());
        html.raw("</td>");
        number(html, r.cpus());
        number(html, r.events());
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

    private static void mismatches(Html html, ReplayReport r) {
        if (r.mismatches().isEmpty()) {
            return;
        }
        html.element(
                "h3", ReplayTable.shortName(r.trace()) + ": " + r.mismatches().size() + " mismatches");
        html.raw("<table>").headings("#pid", "what").raw("<tbody>");
        r.mismatches().stream().limit(MISMATCHES_SHOWN).forEach(m -> html.raw("<tr>")
                .element("td", "n", m.pid())
                .element("td", m.what())
                .raw("</tr>\n"));
        html.raw("</tbody></table>\n");
        if (r.mismatches().size() > MISMATCHES_SHOWN) {
            html.element("p", "soft", "The others are in report.json.");
        }
    }

    private static void notes(Html html, ReplayReport r) {
        if (!r.notes().isEmpty()) {
            html.element("h3", ReplayTable.shortName(r.trace())).paragraphs("soft", r.notes());
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
