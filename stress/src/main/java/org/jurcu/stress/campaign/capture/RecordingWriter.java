package org.jurcu.stress.campaign.capture;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes the recording: its head, what was lost, and the lines of the tree. */
final class RecordingWriter {
    private RecordingWriter() {}

    /** The file appears when it is complete. */
    static CaptureSummary write(TraceInstance instance, int root, Path file) throws IOException {
        Map<Integer, Long> lost = instance.lost();
        TreeFilter filter = new TreeFilter(root);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            // Names are bytes that the kernel does not look into; this charset gives back what it took.
            try (InputStream text = instance.text();
                    BufferedReader in = new BufferedReader(new InputStreamReader(text, StandardCharsets.ISO_8859_1));
                    BufferedWriter out =
                            new BufferedWriter(new OutputStreamWriter(open(file, part), StandardCharsets.ISO_8859_1))) {
                out.write("# tracer: nop\n# #P:" + instance.cpus().size() + "\n");
                out.write("#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n");
                for (Map.Entry<Integer, Long> loss : lost.entrySet()) {
                    out.write("CPU:" + loss.getKey() + " [LOST " + loss.getValue() + " EVENTS]\n");
                }
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String kept = filter.filter(line);
                    if (kept != null) {
                        out.write(kept);
                        out.write('\n');
                    }
                }
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return filter.summary(lost.values().stream().mapToLong(Long::longValue).sum());
    }

    private static OutputStream open(Path file, Path part) throws IOException {
        OutputStream out = Files.newOutputStream(part);
        return file.getFileName().toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }
}
