package org.jurcu.stress.torture;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** The results of a torture as a person reads them, and behind them the lines for a script. */
public final class TortureTable {
    private TortureTable() {}

    /** Prints one row for each flavour, the lines of those that are shipped, and all evidence that is no busted flavour's due. */
    public static void print(List<TortureResult> results, PrintStream out) {
        TextTable table = new TextTable("flavour", "must be caught by", "sections", "age 0", "1", "2+", "s", "verdict");
        for (TortureResult r : results) {
            table.row(
                    r.flavour(),
                    r.detector().isEmpty() ? "-" : r.detector(),
                    number(r.sections()),
                    number(r.ages().get(0)),
                    number(r.ages().get(1)),
                    number(tooOld(r)),
                    String.format(Locale.ROOT, "%.1f", r.seconds()),
                    r.verdict().word());
        }
        table.print(out);
        for (TortureResult r : results) {
            if (!r.busted()) {
                out.println("torture: " + r.line());
                r.evidence().forEach(sentence -> out.println("!!! " + r.flavour() + ": " + sentence));
            }
        }
    }

    /** Returns how many sections saw an age that there must not be. */
    public static long tooOld(TortureResult r) {
        return r.ages().stream().skip(2).mapToLong(Long::longValue).sum();
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
