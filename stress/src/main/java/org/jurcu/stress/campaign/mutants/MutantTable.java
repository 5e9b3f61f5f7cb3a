package org.jurcu.stress.campaign.mutants;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** The results of mutants as a person reads them. */
public final class MutantTable {
    private MutantTable() {}

    /** Prints one line for each mutant. */
    public static void print(List<MutantResult> results, PrintStream out) {
        TextTable table = new TextTable("mutant", "detector", "outcome", "seconds", "what was seen");
        for (MutantResult r : results) {
            table.row(
                    r.id(),
                    r.detector(),
                    r.outcome().word(),
                    String.format(Locale.ROOT, "%.1f", r.seconds()),
                    cut(r.what()));
        }
        table.print(out);
    }

    private static String cut(String what) {
        return what.length() <= 100 ? what : what.substring(0, 97) + "...";
    }
}
