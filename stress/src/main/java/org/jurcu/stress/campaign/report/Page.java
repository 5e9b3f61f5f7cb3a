package org.jurcu.stress.campaign.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;

/** The whole report on one page that needs nothing beside itself. */
public final class Page {
    private Page() {}

    /** Returns the page of a report. */
    public static String of(CampaignReport report) {
        Html html = new Html();
        html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<title>")
                .text("Jurcu campaign: " + report.verdict().word())
                .raw("</title>\n<style>\n")
                .raw(css())
                .raw("</style>\n</head>\n<body>\n");
        head(html, report);
        summary(html, report);
        if (report.replay() != null) {
            ReplayPart.append(html, report.replay());
        }
        if (report.stress() != null) {
            StressPart.append(html, report.stress());
        }
        if (report.bench() != null) {
            BenchPart.append(html, report.bench());
        }
        HostPart.append(html, report);
        return html.raw("</body>\n</html>\n").toString();
    }

    static void verdict(Html html, Verdict verdict) {
        html.element("span", "verdict " + verdict.word(), verdict.word());
    }

    private static void head(Html html, CampaignReport report) {
        html.raw("<h1>Jurcu campaign ");
        verdict(html, report.verdict());
        html.raw("</h1>\n<p class=\"soft\">")
                .text(report.started() + (report.quick() ? ", quick selection" : "") + ", JDK "
                        + report.jdk().version() + ", " + report.host().cpu() + ", "
                        + report.host().processors() + " processors")
                .raw("</p>\n");
    }

    private static void summary(Html html, CampaignReport report) {
        html.raw("<table>").headings("part", "verdict", "#ran", "#expected", "#seconds", "what it shows");
        html.raw("<tbody>");
        row(
                html,
                "replay",
                report.replay(),
                "The model freed exactly the tasks that a real kernel freed, each once, none under a reader.");
        row(
                html,
                "stress",
                report.stress(),
                "Every weakened twin was caught on this machine, and the shipped classes showed nothing forbidden.");
        row(html, "bench", report.bench(), "Every benchmark gave a figure; slowness is no violation.");
        html.raw("</tbody></table>\n");
    }

    private static void row(Html html, String part, Section<?> section, String meaning) {
        html.raw("<tr>").element("td", "name", part).raw("<td>");
        if (section == null) {
            html.element("span", "verdict none", "not run")
                    .raw("</td><td class=\"n\">-</td><td class=\"n\">-</td><td class=\"n\">-</td><td></td></tr>\n");
            return;
        }
        verdict(html, section.verdict());
        html.raw("</td>")
                .element("td", "n", section.ran())
                .element("td", "n", section.expected())
                .element("td", "n", String.format(Locale.ROOT, "%.1f", section.seconds()));
        html.raw("<td>");
        if (section.verdict() == Verdict.PASS) {
            html.text(meaning);
        } else {
            html.paragraphs("reason " + section.verdict().word(), section.reasons());
        }
        html.paragraphs("soft", section.notes()).raw("</td></tr>\n");
    }

    private static String css() {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"), "page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
