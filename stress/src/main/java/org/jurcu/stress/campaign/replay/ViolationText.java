package org.jurcu.stress.campaign.replay;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.task.replay.ReplayReport;

/** What was found in a racy replay: the seed, the tasks with the history of their counts, and how to do it again. */
public final class ViolationText {
    private static final int TASKS = 3;

    private final List<String> files;
    private final int history;

    /** {@code files} are those of the command line, by which the command that does it again names them. */
    public ViolationText(List<String> files, int history) {
        this.files = files;
        this.history = history;
    }

    /** Prints nothing for a replay that passed or was not racy. */
    public void print(ReplayReport report, PrintStream out) {
        if (report.passed() || !report.order().equals("racy")) {
            return;
        }
        out.println(ReplayTable.shortName(report.trace())
                + (report.seed() == 0 ? ": a violation in order racy" : ": a violation with seed " + report.seed()));
        for (ReplayReport.Mismatch m : report.mismatches()
                .subList(0, Math.min(TASKS, report.mismatches().size()))) {
            out.println("  pid " + m.pid() + ": " + m.what());
            m.history().forEach(line -> out.println("    " + line));
        }
        out.println("again: " + again(report));
    }

    private String again(ReplayReport report) {
        StringBuilder command = new StringBuilder("./campaign replay --order racy");
        if (report.seed() != 0) {
            command.append(" --seed ").append(report.seed());
        }
        return command.append(String.format(
                        Locale.ROOT,
                        " --layout %s --readers %d --history %d %s",
                        report.layout(),
                        report.readers(),
                        history,
                        fileOf(report)))
                .toString();
    }

    private String fileOf(ReplayReport report) {
        String name = files.contains(report.trace()) ? report.trace() : "-"; // standard input has a name of its own
        return name.matches("[\\w@%+=:,./-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }
}
