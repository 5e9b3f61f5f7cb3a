package org.jurcu.stress.campaign.litmus;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** The results of litmus patterns as a person reads them: a line for each, and for each twin, over all flavours. */
public final class LitmusTable {
    private LitmusTable() {}

    /** Prints it. */
    public static void print(List<LitmusResult> results, PrintStream out) {
        TextTable table =
                new TextTable("pattern", "outcome", "is", "flavours", "samples", "seen", "a second", "verdict");
        for (LitmusSummary s : LitmusSummary.of(results)) {
            table.row(
                    s.weakening().isEmpty() ? s.pattern() : "  " + s.weakening(),
                    s.weakening().isEmpty() ? s.condition() : "",
                    s.expectation(),
                    "" + s.results().size(),
                    String.format(Locale.ROOT, "%,d", s.samples()),
                    String.format(Locale.ROOT, "%,d", s.seen()),
                    String.format(Locale.ROOT, "%,.0f", s.rate()),
                    s.verdict().word());
        }
        table.print(out);
    }
}
