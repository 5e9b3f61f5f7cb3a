package org.jurcu.stress.campaign.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Another program, run to its end or to a deadline; its output goes into a log, line by line. */
public final class ChildProcess {
    private ChildProcess() {}

    /**
     * How a program ended.
     *
     * @param exitStatus of the program
     * @param timedOut whether it was killed at the deadline
     */
    public record End(int exitStatus, boolean timedOut) {}

    /**
     * Runs a program in {@code directory}, shows each line of its output to {@code onLine}, appends it to {@code log},
     * and kills the program with its descendants when {@code limit} has passed or this JVM is told to end.
     *
     * @throws IOException if it cannot be started
     */
    public static End run(List<String> command, Path directory, Path log, Duration limit, Consumer<String> onLine)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        AtomicBoolean timedOut = new AtomicBoolean();
        Thread killer = new Thread(() -> killTree(process), "campaign-kill-child");
        Runtime.getRuntime().addShutdownHook(killer);
        Thread watchdog = new Thread(() -> killAtDeadline(process, limit, timedOut), "campaign-child-deadline");
        watchdog.setDaemon(true);
        watchdog.start();
        try {
            copyLines(process, log, onLine);
            return new End(process.waitFor(), timedOut.get());
        } finally {
            killTree(process);
            watchdog.interrupt();
            removeHook(killer);
        }
    }

    private static void copyLines(Process process, Path log, Consumer<String> onLine) throws IOException {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter out =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                onLine.accept(line);
            }
        }
    }

    private static void killAtDeadline(Process process, Duration limit, AtomicBoolean timedOut) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                timedOut.set(true);
                killTree(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the program has ended by itself
        }
    }

    private static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way down and runs the hook itself.
        }
    }
}
