package org.jurcu.stress.campaign.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;

/** A recording that was named by the user or is bundled. */
public sealed interface Source {
    /** How messages call it. */
    String name();

    /** Replays it. */
    ReplayReport replay(Replayer replayer, ReplayOptions options) throws IOException;

    /** A file. */
    record Recording(Path path) implements Source {
        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public ReplayReport replay(Replayer replayer, ReplayOptions options) throws IOException {
            return replayer.replay(path, options);
        }
    }

    /** Standard input. */
    record Standard(InputStream in) implements Source {
        @Override
        public String name() {
            return "stdin";
        }

        @Override
        public ReplayReport replay(Replayer replayer, ReplayOptions options) throws IOException {
            return replayer.replay(in, "stdin", options);
        }
    }

    /**
     * Finds what the user named, {@code -} being standard input.
     *
     * @throws CampaignException if any is missing, is no file or may not be read: then none is replayed
     */
    static List<Source> named(List<String> names, InputStream in) throws CampaignException {
        List<Source> sources = new ArrayList<>();
        boolean standardInput = false;
        for (String name : names) {
            if (!name.equals("-")) {
                sources.add(new Recording(readable(Path.of(name))));
            } else if (!standardInput) {
                standardInput = true;
                sources.add(new Standard(in));
            } else {
                throw new CampaignException("standard input can be replayed once, but - was given twice");
            }
        }
        return sources;
    }

    /**
     * Finds the bundled recordings, in the order of their names.
     *
     * @throws CampaignException if there are none
     */
    static List<Source> bundled(Path root) throws CampaignException {
        Path folder = root.resolve("task-lifecycle/src/test/resources/traces");
        List<Source> sources = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.getFileName().toString().endsWith(".trace.gz"))
                        .sorted()
                        .forEach(file -> sources.add(new Recording(file)));
            } catch (IOException e) {
                throw new CampaignException("the bundled recordings cannot be listed: " + e.getMessage());
            }
        }
        if (sources.isEmpty()) {
            throw new CampaignException("no recording (*.trace.gz) is in " + folder);
        }
        return sources;
    }

    private static Path readable(Path path) throws CampaignException {
        if (!Files.exists(path)) {
            throw new CampaignException("no such file: " + path);
        }
        if (Files.isDirectory(path)) {
            throw new CampaignException(path + " is a directory; give the recordings in it, such as " + path + "/*.gz");
        }
        if (!Files.isReadable(path)) {
            throw new CampaignException(path + " may not be read by this user");
        }
        return path;
    }
}
