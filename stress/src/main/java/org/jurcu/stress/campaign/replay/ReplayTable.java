package org.jurcu.stress.campaign.replay;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.terminal.TextTable;
import org.jurcu.task.replay.ReplayReport;

/** The results of replays as a person reads them. */
public final class ReplayTable {
    private ReplayTable() {}

    /** Prints one line for each recording. */
    public static void print(List<ReplayReport> reports, PrintStream out) {
        TextTable table = new TextTable(
                "recording",
                "layout",
                "order",
                "cpus",
                "events",
                "forks",
                "exits",
                "freed",
                "model",
                "alike",
                "waits",
                "sigchld",
                "zombies",
                "live",
                "faults",
                "s",
                "verdict");
        for (ReplayReport r : reports) {
            table.row(
                    shortName(r.trace()),
                    r.layout(),
                    r.order(),
                    "" + r.cpus(),
                    "" + r.events(),
                    "" + r.forks(),
                    "" + r.exits(),
                    "" + r.kernelFrees(),
                    "" + r.modelFrees(),
                    "" + r.matched(),
                    r.waitResultsMatched() + "/" + r.waitResultsCompared(),
                    r.sigchldMatched() + "/" + r.sigchldCompared(),
                    "" + r.zombiesLeft(),
                    "" + r.liveLeft(),
                    "" + (r.earlyFrees() + r.doubleFrees() + r.leaks() + r.warnings()),
                    String.format(Locale.ROOT, "%.2f", r.seconds()),
                    ReplayVerdict.of(r).verdict().word());
        }
        table.print(out);
    }

    /** Returns a recording's name without its directories. */
    public static String shortName(String trace) {
        return trace.substring(trace.lastIndexOf('/') + 1);
    }
}
