package org.jurcu.stress.campaign.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The end of a log, where the reason usually stands. */
public final class LogTail {
    private LogTail() {}

    /** Returns the last {@code count} lines that are not blank; none if there is no such log. */
    public static List<String> of(Path log, int count) {
        if (!Files.exists(log)) {
            return List.of();
        }
        Deque<String> tail = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            lines.filter(line -> !line.isBlank()).forEach(line -> {
                tail.addLast(line);
                if (tail.size() > count) {
                    tail.removeFirst();
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return List.of("(the log cannot be read: " + e.getMessage() + ")");
        }
        return List.copyOf(tail);
    }
}
