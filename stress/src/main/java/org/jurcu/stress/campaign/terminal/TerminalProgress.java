package org.jurcu.stress.campaign.terminal;

import java.io.PrintStream;
import java.util.Locale;

/** One line that is drawn again in place: a bar, the numbers, the time, the step at hand. */
public final class TerminalProgress implements Progress {
    private static final String ERASE_LINE = "\r\033[K";
    private static final int BAR = 24;

    private final PrintStream out;
    private final int columns;
    private String part = "";
    private long beganAt;

    /** Draws on {@code out}, which has room for {@code columns} characters in a line. */
    public TerminalProgress(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void begin(String newPart) {
        part = newPart;
        beganAt = System.nanoTime();
        step(0, 0, "");
    }

    @Override
    public void step(long done, long total, String what) {
        double share = total <= 0 ? 0 : Math.min(1.0, (double) done / total);
        int filled = (int) (share * BAR);
        String line = String.format(
                Locale.ROOT,
                "%-7s [%s%s] %3.0f%% %4ds  %s",
                part,
                "=".repeat(filled),
                " ".repeat(BAR - filled),
                share * 100,
                (System.nanoTime() - beganAt) / 1_000_000_000L,
                what);
        // A line longer than the terminal would wrap, and could then not be erased.
        out.print(ERASE_LINE + line.substring(0, Math.min(line.length(), columns - 1)));
        out.flush();
    }

    @Override
    public void end(String sentence) {
        out.println(ERASE_LINE + String.format(Locale.ROOT, "%-7s %s", part, sentence));
    }

    @Override
    public void note(String sentence) {
        out.println(ERASE_LINE + sentence);
    }
}
