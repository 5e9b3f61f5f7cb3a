package org.jurcu.stress.torture;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.model.TortureResult;

/** The JVM in which flavours are tortured; {@link TortureProcess} starts it and reads what it leaves. */
public final class TortureMain {
    /** A line of this beginning, a number and a name tell what is done and what is at hand. */
    static final String NEXT = "next ";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TortureMain() {}

    /** Takes the file for the results, milliseconds, a seed, and the names of flavours. */
    public static void main(String[] args) throws InterruptedException {
        Path file = Path.of(args[0]);
        List<TortureResult> results = new ArrayList<>();
        new TortureSeries(
                        Long.parseLong(args[2]),
                        (done, name) -> System.out.println(NEXT + done + " " + name),
                        result -> {
                            System.out.println(result.line());
                            result.evidence().forEach(sentence -> System.out.println("  " + sentence));
                            results.add(result);
                            write(file, results); // each time: whatever stops this JVM, what was found is found
                        })
                .run(List.of(args).subList(3, args.length), Duration.ofMillis(Long.parseLong(args[1])));
        System.exit(0); // a flavour that hangs has left threads; the results say so
    }

    private static void write(Path file, List<TortureResult> results) {
        try {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, MAPPER.writeValueAsString(results));
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<TortureResult> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return MAPPER.readValue(Files.readString(file), new TypeReference<List<TortureResult>>() {});
    }
}
