package org.jurcu.stress.campaign.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;

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
        if (report.runs().isEmpty()) {
            summary(html, report);
            MergedPart.append(html, report.merged());
            parts(html, report);
            HostPart.append(html, report);
        } else {
            MatrixPart.append(html, report.runs());
            for (CampaignReport run : report.runs()) {
                html.element("h1", "JDK " + run.jdk().version());
                summary(html, run);
                parts(html, run);
                HostPart.append(html, run);
            }
        }
        return html.raw("</body>\n</html>\n").toString();
    }

    private static void head(Html html, CampaignReport report) {
        html.raw("<h1>Jurcu campaign ");
        html.verdict(report.verdict());
        html.raw("</h1>\n<p class=\"soft\">")
                .text(report.started() + (report.quick() ? ", quick selection" : "")
                        + (report.shard() == null ? "" : ", shard " + report.shard())
                        + (report.resumed() == 0 ? "" : ", resumed " + report.resumed() + " times") + ", JDK "
                        + report.jdk().version() + ", " + report.host().cpu() + ", "
                        + report.host().processors() + " processors")
                .raw("</p>\n");
    }

    private static void parts(Html html, CampaignReport report) {
        for (Part<?> part : Parts.ALL) {
            Section<?> section = report.parts().get(part.name());
            if (section != null) {
                part.appendSection(html, section);
            }
        }
    }

    private static void summary(Html html, CampaignReport report) {
        html.raw("<table>").headings("part", "verdict", "#ran", "#expected", "#seconds", "what it shows");
        html.raw("<tbody>");
        Parts.ALL.forEach(part -> row(html, part, report.parts().get(part.name())));
        html.raw("</tbody></table>\n");
    }

    private static void row(Html html, Part<?> part, Section<?> section) {
        html.raw("<tr>").element("td", "name", part.name()).raw("<td>");
        if (section == null) {
            html.element("span", "verdict none", "not run")
                    .raw("</td><td class=\"n\">-</td><td class=\"n\">-</td><td class=\"n\">-</td><td></td></tr>\n");
            return;
        }
        html.verdict(section.verdict());
        html.raw("</td>")
                .element("td", "n", section.ran())
                .element("td", "n", section.expected())
                .element("td", "n", String.format(Locale.ROOT, "%.1f", section.seconds()));
        html.raw("<td>");
        if (section.verdict() == Verdict.PASS) {
            html.text(part.meaning());
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
