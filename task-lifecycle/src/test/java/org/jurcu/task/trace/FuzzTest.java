package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged recordings: events and one clear sentence at the end, nothing else, and never for ever. */
class FuzzTest {
    private static final int ROUNDS = 10_000;
    private static final List<byte[]> PIECES = Stream.of(
                    " pid=",
                    " ==> next_comm=",
                    " prev_pid=1 prev_prio=2",
                    "[001]",
                    "-12 [000] 1.000000: ",
                    "(",
                    ")",
                    ": ",
                    ", ",
                    "0x",
                    "-",
                    "=",
                    ".",
                    "#",
                    "CPU:0 [LOST ",
                    " EVENTS]",
                    " => ",
                    "sys_wait4(",
                    "sys_wait4 -> ",
                    "99999999999999999999",
                    "4194304",
                    "\r",
                    "\t",
                    "\n",
                    "\0",
                    "\u00ff",
                    "<",
                    ">")
            .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1))
            .toList();

    private final Random random = new Random(20191107);
    private final List<byte[]> seeds = seeds();
    private int refused;
    private int accepted;

    /** A few lines of every kind. */
    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("ptrace", "pid-namespace", "sigchld", "subreaper", "mt-exec")) {
            List<String> lines = Recordings.lines(name);
            for (int at = 0; at + 6 < lines.size() && at < 6_000; at += 97) {
                seeds.add((String.join("\n", lines.subList(at, at + 6)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            lines.stream()
                    .filter(line -> line.contains("sys_unshare(")
                            || line.contains("sys_prctl(")
                            || line.contains("sys_ptrace(")
                            || line.contains("sys_waitid("))
                    .limit(5)
                    .forEach(line -> seeds.add((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return seeds;
    }

    @Test
    void plainText() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = pick(seeds);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes = mutate(bytes);
            }
            check(bytes);
        }
        // the test would prove little if one of the two did not occur
        assertTrue(refused > ROUNDS / 10, refused + " refused");
        assertTrue(accepted > ROUNDS / 10, accepted + " accepted");
    }

    @Test
    void gzip() throws IOException {
        for (int round = 0; round < ROUNDS / 10; round++) {
            check(mutate(Recordings.gzip(pick(seeds))));
        }
        assertTrue(refused > ROUNDS / 100, refused + " refused");
    }

    private byte[] pick(List<byte[]> list) {
        return list.get(random.nextInt(list.size()));
    }

    private byte[] mutate(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 3 : 40));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        switch (random.nextInt(6)) {
            case 0 -> out.write(bytes, to, bytes.length - to); // cut out
            case 1 -> { // repeat
                out.write(bytes, from, to - from);
                out.write(bytes, from, bytes.length - from);
            }
            case 2 -> { // replace a byte
                out.write(random.nextInt(256));
                out.write(bytes, Math.min(from + 1, bytes.length), Math.max(0, bytes.length - from - 1));
            }
            case 3 -> { // a piece that means something, inserted
                out.writeBytes(pick(PIECES));
                out.write(bytes, from, bytes.length - from);
            }
            case 4 -> { // a piece that means something, instead
                out.writeBytes(pick(PIECES));
                out.write(bytes, to, bytes.length - to);
            }
            default -> { // a digit, instead
                out.write('0' + random.nextInt(10));
                out.write(bytes, Math.min(from + 1, bytes.length), Math.max(0, bytes.length - from - 1));
            }
        }
        byte[] mutated = out.toByteArray();
        return mutated.length == 0 ? bytes : mutated;
    }

    private void check(byte[] bytes) throws IOException {
        long events = 0;
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(bytes), "fuzz")) {
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                events++;
                sane(event);
            }
            assertEquals(events, reader.events());
            accepted++;
        } catch (TraceFormatException e) {
            refused++;
            String message = e.getMessage();
            assertTrue(message.startsWith("fuzz:" + e.line() + ": "), message);
            assertTrue(message.length() < 300, message);
            assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        }
    }

    private static void sane(TraceEvent event) {
        assertTrue(event.cpu() >= 0 && event.cpu() <= 8191, event::toString);
        assertTrue(event.pid() >= 0 && event.pid() < 4_194_304, event::toString);
        assertTrue(event.timeNanos() >= 0, event::toString);
        assertTrue(event.line() > 0, event::toString);
        assertNotNull(event.comm());
        assertNotNull(event.kind());
        assertTrue(event.toString().contains("context="));
    }
}
