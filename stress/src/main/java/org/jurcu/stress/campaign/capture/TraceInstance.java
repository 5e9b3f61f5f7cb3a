package org.jurcu.stress.campaign.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.model.CampaignException;

/**
 * A tracing instance of this process: a ring buffer and switches of its own, so that whoever else traces on the machine is not
 * disturbed. Closing it removes it, whatever state it is in.
 */
final class TraceInstance implements AutoCloseable {
    private static final String PREFIX = "jurcu-capture-";

    /** The clock that runs alike on all CPUs; {@code local}, the kernel's own choice, need not. */
    private static final String CLOCK = "mono";

    private static final Pattern LOSSES = Pattern.compile("(?m)^(?:overrun|commit overrun|dropped events): (\\d+)$");
    private static final Pattern SIZE = Pattern.compile("^(\\d+)(?: |\\R|$)");

    private final Tracefs tracefs;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TraceInstance(Tracefs tracefs, String name) {
        this.tracefs = tracefs;
        this.name = name;
    }

    /** Makes an instance that is ready to record and does not yet. */
    static TraceInstance prepare(Tracefs tracefs, long pid, int bufferKib, Path proc)
            throws IOException, CampaignException {
        removeLeftovers(tracefs, proc);
        TraceInstance instance = new TraceInstance(tracefs, PREFIX + pid);
        tracefs.makeInstance(instance.name);
        try {
            instance.setUp(bufferKib);
            return instance;
        } catch (IOException | CampaignException | RuntimeException e) {
            try {
                instance.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Instances of captures that were killed outright. */
    private static void removeLeftovers(Tracefs tracefs, Path proc) throws IOException {
        for (String other : tracefs.instances()) {
            if (other.matches(PREFIX + "\\d+")
                    && !proc.resolve(other.substring(PREFIX.length())).toFile().exists()) {
                new TraceInstance(tracefs, other).close();
            }
        }
    }

    private void setUp(int bufferKib) throws IOException, CampaignException {
        tracefs.write(name, "tracing_on", "0");
        setBuffer(bufferKib);
        if (tracefs.read(name, "trace_clock").matches("(?s).*\\b" + CLOCK + "\\b.*")) {
            tracefs.write(name, "trace_clock", CLOCK);
        }
        for (CaptureEvent event : CaptureEvent.values()) {
            if (!event.filter().isEmpty()) {
                tracefs.write(name, "events/" + event.path() + "/filter", event.filter());
            }
        }
        for (CaptureEvent event : CaptureEvent.values()) {
            tracefs.write(name, "events/" + event.path() + "/enable", "1");
        }
    }

    private void setBuffer(int kib) throws IOException, CampaignException {
        String refusal = "the kernel grants no ring buffer of " + kib + " KiB a CPU: ask for less with --buffer-kib";
        try {
            tracefs.write(name, "buffer_size_kb", Integer.toString(kib));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new CampaignException(refusal);
        }
        Matcher granted = SIZE.matcher(tracefs.read(name, "buffer_size_kb"));
        if (!granted.find() || Long.parseLong(granted.group(1)) < kib) {
            throw new CampaignException(refusal);
        }
    }

    void start() throws IOException {
        tracefs.write(name, "tracing_on", "1");
    }

    void stop() throws IOException {
        tracefs.write(name, "tracing_on", "0");
    }

    /** Returns the CPUs whose ring buffer lost events, with their number. */
    Map<Integer, Long> lost() throws IOException {
        Map<Integer, Long> lost = new TreeMap<>();
        for (int cpu : cpus()) {
            long sum = 0;
            Matcher losses = LOSSES.matcher(tracefs.read(name, "per_cpu/cpu" + cpu + "/stats"));
            while (losses.find()) {
                sum += Long.parseLong(losses.group(1));
            }
            if (sum > 0) {
                lost.put(cpu, sum);
            }
        }
        return lost;
    }

    List<Integer> cpus() throws IOException {
        return tracefs.cpus(name);
    }

    /** Opens what was recorded, as text. */
    InputStream text() throws IOException {
        return tracefs.open(name, "trace");
    }

    /** Stops recording and removes the instance; does nothing the second time. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true) || !tracefs.hasInstance(name)) {
            return;
        }
        try {
            stop();
            tracefs.write(name, "events/enable", "0");
        } catch (IOException e) {
            // Removing it does the same.
        }
        tracefs.removeInstance(name);
    }
}
