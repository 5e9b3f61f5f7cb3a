package org.jurcu.stress.campaign.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Whole lines only, for logs and pipes; steps are thinned out so that a log of CI stays readable. */
public final class PlainProgress implements Progress {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final boolean stepsOnly;
    private String part = "";
    private long printedAt;

    /** Prints to {@code out}. */
    public PlainProgress(PrintStream out) {
        this(out, System::nanoTime, false);
    }

    /** Prints steps and notes only, so that work which is done at once leaves no line. */
    public static PlainProgress stepsOnly(PrintStream out) {
        return new PlainProgress(out, System::nanoTime, true);
    }

    PlainProgress(PrintStream out, LongSupplier nanoTime, boolean stepsOnly) {
        this.stepsOnly = stepsOnly;
        this.out = out;
        this.nanoTime = nanoTime;
    }

    @Override
    public void begin(String newPart) {
        part = newPart;
        printedAt = nanoTime.getAsLong();
        if (!stepsOnly) {
            out.println(part + " ...");
        }
    }

    @Override
    public void step(long done, long total, String what) {
        if (nanoTime.getAsLong() - printedAt >= INTERVAL_NANOS) {
            printedAt = nanoTime.getAsLong();
            out.println(part + ": " + done + " of " + total + " " + what);
        }
    }

    @Override
    public void end(String sentence) {
        if (!stepsOnly) {
            out.println(part + ": " + sentence);
        }
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }
}
