package org.jurcu.stress.campaign.stress;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** The results of stress tests as a person reads them. */
public final class StressTable {
    private StressTable() {}

    /** Prints one line for each test. */
    public static void print(List<StressResult> results, PrintStream out) {
        TextTable table =
                new TextTable("test", "kind", "samples", "interesting", "forbidden", "errors", "runs", "verdict");
        for (StressResult r : results) {
            table.row(
                    shortName(r.test()),
                    r.kind().word(),
                    String.format(Locale.ROOT, "%,d", r.samples()),
                    String.format(Locale.ROOT, "%,d", r.interesting()),
                    String.format(Locale.ROOT, "%,d", r.forbidden()),
                    "" + r.errors(),
                    "" + r.attempts(),
                    r.verdict().word());
        }
        table.print(out);
    }

    /** Returns the name from the outer class on. */
    public static String shortName(String test) {
        int nested = test.lastIndexOf('.');
        return test.substring(test.lastIndexOf('.', nested - 1) + 1);
    }
}
