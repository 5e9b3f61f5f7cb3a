package org.jurcu.stress.campaign;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jurcu.stress.campaign.replay.Replayer;
import org.jurcu.stress.campaign.terminal.PlainProgress;
import org.jurcu.stress.campaign.terminal.Progress;
import org.jurcu.stress.campaign.terminal.TerminalProgress;

/**
 * Everything outside of the program that a command touches; tests bring their own.
 *
 * @param root of the project
 * @param java launcher of the JVMs that are started
 * @param in standard input
 * @param out where results go
 * @param err where progress and complaints go
 * @param columns of the terminal behind {@code err}, or 0 if there is none
 * @param replayer that replays recordings
 */
record Environment(
        Path root, Path java, InputStream in, PrintStream out, PrintStream err, int columns, Replayer replayer) {
    Path jcstressJar() {
        return root.resolve("stress/target/jcstress.jar");
    }

    Path benchmarksJar() {
        return root.resolve("benchmarks/target/benchmarks.jar");
    }

    /** Returns where reports of {@code name} go unless the user says otherwise. */
    Path output(String name) {
        return root.resolve("target").resolve(name);
    }

    /** For a command that is usually done before anyone waits. */
    Progress briefProgress() {
        return columns > 0 ? progress() : PlainProgress.stepsOnly(err);
    }

    Progress progress() {
        return columns > 0 ? new TerminalProgress(err, columns) : new PlainProgress(err);
    }
}
