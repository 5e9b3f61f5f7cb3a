package org.jurcu.stress.campaign.spin;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.ModelResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** The results of models as a person reads them. */
public final class ModelTable {
    private ModelTable() {}

    /** Prints one line for each model and each twin. */
    public static void print(List<ModelResult> results, PrintStream out) {
        TextTable table = new TextTable("model", "twin", "verdict", "states", "depth", "seconds", "found");
        for (ModelResult r : results) {
            table.row(
                    r.model(),
                    r.twin().isEmpty() ? "-" : r.twin(),
                    r.verdict().word(),
                    String.format(Locale.ROOT, "%,d", r.states()),
                    "" + r.depth(),
                    String.format(Locale.ROOT, "%.1f", r.seconds()),
                    r.found());
        }
        table.print(out);
    }
}
