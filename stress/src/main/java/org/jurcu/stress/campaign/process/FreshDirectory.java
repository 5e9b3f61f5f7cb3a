package org.jurcu.stress.campaign.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory without anything of an earlier run, so that old results cannot pass for new ones. */
public final class FreshDirectory {
    private FreshDirectory() {}

    /** Makes {@code directory} empty, and makes it at all if need be. */
    public static Path at(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> old;
            try (Stream<Path> paths = Files.walk(directory)) {
                old = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : old) {
                Files.delete(path);
            }
        }
        return Files.createDirectories(directory);
    }
}
