package org.jurcu.stress.litmus;

import java.io.PrintStream;
import org.jurcu.stress.campaign.terminal.Progress;

/** Progress as lines that another program reads. */
final class LineProgress implements Progress {
    private final PrintStream out;

    LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(String part) {}

    @Override
    public void step(long done, long total, String what) {
        out.println("step " + done + " " + total);
    }

    @Override
    public void end(String sentence) {
        out.println(sentence);
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }
}
