package org.jurcu.task.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes recordings of a simulated machine in ftrace's text: tasks are born, run, die and are freed as in a kernel, in all
 * the ways of {@link LifePath}, on any number of CPUs.
 *
 * <pre>{@code
 * Path file = Path.of("load.trace.gz");
 * GeneratedLoad load = LoadGenerator.write(file, LoadOptions.of(1, 4, 10_000));
 * ReplayReport report = Replay.run(file, ReplayOptions.DEFAULT);
 * System.out.println(load.events() + " events, " + report.matched() + " of " + load.tasks() + " lives alike");
 * }</pre>
 *
 * <p>The same options give the same bytes, on every JDK. Memory does not grow with the number of tasks, since events are
 * written when they happen and nothing is kept of a task that was freed. For one thread; blocks as long as the stream does.
 */
public final class LoadGenerator {
    private static final int INIT_PID = 1;
    private static final int SHELL_PID = 200;
    private static final int FIRST_PID = 1000;

    private LoadGenerator() {}

    /**
     * Writes a file, which is gzip if its name ends so.
     *
     * @throws IOException if it cannot be written
     */
    public static GeneratedLoad write(Path file, LoadOptions options) throws IOException {
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain, 1 << 16) : plain) {
            return write(out, options);
        }
    }

    /**
     * Writes plain text to a stream, which stays open.
     *
     * @throws IOException if it cannot be written
     */
    public static GeneratedLoad write(OutputStream out, LoadOptions options) throws IOException {
        FtraceWriter writer = new FtraceWriter(out, options.cpus());
        GeneratedLoad load = generate(options, writer::write, writer.nextLine());
        writer.flush();
        return load;
    }

    static GeneratedLoad generate(LoadOptions options, Recorder.Sink sink, long firstLine) throws IOException {
        Dice dice = new Dice(options.seed());
        Recorder recorder = new Recorder(sink, firstLine);
        Machine machine = new Machine(options.cpus(), dice, recorder);
        Births births = new Births(machine, recorder);
        SimNamespace outermost = new SimNamespace(null, options.pidMax(), Math.min(FIRST_PID, options.pidMax() / 2));
        SimTask init = births.outside(outermost, INIT_PID, null, "systemd");
        outermost.reaper = init;
        SimTask shell = births.outside(outermost, SHELL_PID, init, "shell");
        Stops stops = new Stops(machine, dice, recorder);
        Deaths deaths = new Deaths(machine, dice, recorder, init, stops);
        Programs programs = new Programs(machine, dice, recorder, births, deaths);
        Waits waits = new Waits(recorder, deaths, stops);
        Jobs jobs = new Jobs(options, dice, recorder, programs, waits, new Traces(machine, recorder), stops);
        shell.first(jobs.startDrivers(options.drivers()));
        machine.start(shell);
        try {
            machine.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (births.tasks() != options.tasks() || deaths.frees() != births.tasks()) {
            throw new IllegalStateException("of " + options.tasks() + " tasks the simulated machine made "
                    + births.tasks() + " and freed " + deaths.frees() + ": this is a fault of the generator");
        }
        return new GeneratedLoad(recorder.events(), births.tasks(), jobs.started(), recorder.nanos());
    }
}
