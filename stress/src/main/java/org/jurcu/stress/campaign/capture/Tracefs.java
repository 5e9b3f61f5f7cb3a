package org.jurcu.stress.campaign.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The kernel's tracing files. Every write is a command to the kernel, and takes effect before it returns. */
class Tracefs {
    private static final String INSTANCES = "instances";

    private final Path root;

    Tracefs(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Returns whether tracefs is mounted there. */
    boolean isMounted() {
        return Files.isDirectory(root.resolve(INSTANCES));
    }

    boolean hasEvent(CaptureEvent event) {
        return Files.isDirectory(root.resolve("events").resolve(event.path()));
    }

    List<String> instances() throws IOException {
        try (Stream<Path> names = Files.list(root.resolve(INSTANCES))) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        }
    }

    /** Makes an instance: a ring buffer with switches of its own. */
    void makeInstance(String name) throws IOException {
        Files.createDirectory(root.resolve(INSTANCES).resolve(name));
    }

    /** The kernel removes what is in it; it refuses while somebody reads there. */
    void removeInstance(String name) throws IOException {
        Files.delete(root.resolve(INSTANCES).resolve(name));
    }

    boolean hasInstance(String name) {
        return Files.isDirectory(root.resolve(INSTANCES).resolve(name));
    }

    void write(String instance, String file, String text) throws IOException {
        // An existing file only: a kernel that lacks one must not go unnoticed.
        Files.writeString(
                root.resolve(INSTANCES).resolve(instance).resolve(file),
                text,
                StandardCharsets.US_ASCII,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    String read(String instance, String file) throws IOException {
        return Files.readString(root.resolve(INSTANCES).resolve(instance).resolve(file), StandardCharsets.US_ASCII);
    }

    InputStream open(String instance, String file) throws IOException {
        return Files.newInputStream(root.resolve(INSTANCES).resolve(instance).resolve(file));
    }

    /** Returns the numbers of the CPUs that have a ring buffer in the instance. */
    List<Integer> cpus(String instance) throws IOException {
        Path directory = root.resolve(INSTANCES).resolve(instance).resolve("per_cpu");
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        try (Stream<Path> names = Files.list(directory)) {
            return names.map(name -> name.getFileName().toString())
                    .filter(name -> name.matches("cpu\\d+"))
                    .map(name -> Integer.valueOf(name.substring("cpu".length())))
                    .sorted()
                    .toList();
        }
    }
}
