package org.jurcu.stress.campaign.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;

/** The same on several JDKs, side by side. */
final class MatrixPart {
    private MatrixPart() {}

    static void append(Html html, List<CampaignReport> runs) {
        html.raw("<h2>Side by side</h2>\n");
        table(html, "part", runs);
        for (Part<?> part : Parts.ALL) {
            html.raw("<tr>").element("td", "name", part.name());
            for (CampaignReport run : runs) {
                Section<?> section = run.parts().get(part.name());
                html.raw("<td>");
                if (section == null) {
                    html.text("-");
                } else {
                    html.verdict(section.verdict()).text(" " + section.ran() + " of " + section.expected());
                }
                html.raw("</td>");
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
        Parts.ALL.forEach(part -> results(html, part, runs));
    }

    private static void results(Html html, Part<?> part, List<CampaignReport> runs) {
        List<Map<String, String>> seen = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (CampaignReport run : runs) {
            Section<?> section = run.parts().get(part.name());
            seen.add(section == null ? Map.of() : part.glances(section));
            keys.addAll(seen.get(seen.size() - 1).keySet());
        }
        if (keys.isEmpty()) {
            return;
        }
        html.raw("<details><summary>").text(part.name() + ", one by one").raw("</summary>\n");
        table(html, part.name(), runs);
        for (String key : keys) {
            html.raw("<tr>").element("td", "name", key);
            seen.forEach(glances -> html.element("td", glances.getOrDefault(key, "-")));
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n</details>\n");
    }

    private static void table(Html html, String first, List<CampaignReport> runs) {
        List<String> headings = new ArrayList<>();
        headings.add(first);
        runs.forEach(run -> headings.add(
                "JDK " + run.jdk().version() + ", " + run.versions().get("fence")));
        html.raw("<div class=\"wide\"><table>")
                .headings(headings.toArray(String[]::new))
                .raw("<tbody>");
    }
}
