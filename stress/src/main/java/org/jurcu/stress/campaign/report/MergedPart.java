package org.jurcu.stress.campaign.report;

import java.util.List;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.Origin;

/** The shards of which a report was put together, each with its machine. */
final class MergedPart {
    private MergedPart() {}

    static void append(Html html, List<Origin> merged) {
        if (merged.isEmpty()) {
            return;
        }
        html.raw("<h2>Shards</h2>\n<div class=\"wide\"><table>")
                .headings(
                        "shard",
                        "verdict",
                        "processor",
                        "#processors",
                        "kernel",
                        "JDK",
                        "fence",
                        "started",
                        "finished",
                        "#resumed")
                .raw("<tbody>");
        for (Origin origin : merged) {
            html.raw("<tr>").element("td", origin.shard()).raw("<td>");
            html.verdict(origin.verdict()).raw("</td>");
            html.element("td", origin.host().cpu())
                    .element("td", "n", origin.host().processors());
            html.element("td", origin.host().kernel())
                    .element("td", origin.jdk().version());
            html.element("td", origin.fence());
            html.element("td", origin.started()).element("td", origin.finished());
            html.element("td", "n", origin.resumed()).raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }
}
