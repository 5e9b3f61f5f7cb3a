package org.jurcu.stress.campaign.report;

import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignReport;

/** Where and how it was measured: without this no figure means anything. */
final class HostPart {
    private HostPart() {}

    static void append(Html html, CampaignReport report) {
        html.raw("<h2>Machine, JDK, versions</h2>\n<dl>\n");
        term(html, "processor", report.host().cpu() + ", " + report.host().processors() + " available to the JVM");
        term(html, "frequency governor", report.host().governor());
        term(html, "memory", report.host().memoryMiB() + " MiB");
        term(
                html,
                "kernel",
                report.host().os() + " " + report.host().kernel() + ", "
                        + report.host().arch());
        term(html, "JDK", report.jdk().version() + ", " + report.jdk().vendor());
        term(html, "VM", report.jdk().vm());
        report.versions().forEach((name, version) -> term(html, name, version));
        term(html, "started", report.started());
        term(html, "finished", report.finished());
        html.raw("</dl>\n<h2>Command lines</h2>\n");
        html.element("pre", report.command()).raw("\n");
        report.parts().values().forEach(section -> section.commands()
                .forEach(command -> html.element("pre", command).raw("\n")));
    }

    private static void term(Html html, String name, String value) {
        html.element("dt", name).element("dd", value).raw("\n");
    }
}
