package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands left of the event, as various kernels and various names make it look. */
class HeaderTest {
    private static final String FREE = " sched_process_free: comm=a pid=7 prio=120\n";

    private static TraceEvent.Context header(String header) throws IOException {
        List<TraceEvent> events = Recordings.all(header + FREE);
        assertEquals(1, events.size());
        TraceEvent.Free free = (TraceEvent.Free) events.get(0);
        assertEquals(7, free.taskPid());
        return free.context();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // five flags, four flags, none; thread groups known and unknown
                "            bash-1234    [001] d..2. 4097.769763:|bash|1234|1|4097769763000",
                "            bash-1234    [001] d..2 4097.769763:|bash|1234|1|4097769763000",
                "            bash-1234    [001]  4097.769763:|bash|1234|1|4097769763000",
                "            bash-1234    (   1200) [001] d..2. 4097.769763:|bash|1234|1|4097769763000",
                "            bash-1234    (-------) [001] d..2. 4097.769763:|bash|1234|1|4097769763000",
                "            bash-1234    (   1200) [001] 4097.769763:|bash|1234|1|4097769763000",
                // flags of real-time kernels, young machines, big machines, more decimals
                "            bash-1234    [001] dNH21.    0.000001:|bash|1234|1|1000",
                "            bash-1234567 [4095] ..... 9223372035.999999:|bash|1234567|4095|9223372035999999000",
                "            bash-1234    [001] ..... 4097.7697631:|bash|1234|1|4097769763100",
                "            bash-1234    [001] ..... 4097.769763123:|bash|1234|1|4097769763123",
                "            bash-1234    [001] ..... 4097.769763123987:|bash|1234|1|4097769763123",
                "            bash-4194303 [8191] ..... 1.000000:|bash|4194303|8191|1000000000",
                // not padded, as other tools leave it
                "bash-1 [0] 1.000000:|bash|1|0|1000000000",
                "   bash-1   [0]   .....   1.000000:|bash|1|0|1000000000",
                // the kernel's own names
                "          <idle>-0       [000] d..2. 1.000000:|<idle>|0|0|1000000000",
                "           <...>-99      [000] d..2. 1.000000:|<...>|99|0|1000000000",
                "     kworker/0:1-10      [000] d..2. 1.000000:|kworker/0:1|10|0|1000000000",
                "  kworker/u8:3-e-10      [000] d..2. 1.000000:|kworker/u8:3-e|10|0|1000000000",
                // names that a program may choose
                "                -10      [000] d..2. 1.000000:||10|0|1000000000",
                "               --10      [000] d..2. 1.000000:|-|10|0|1000000000",
                "             a b-10      [000] d..2. 1.000000:|a b|10|0|1000000000",
                "            a-1 -10      [000] d..2. 1.000000:|a-1 |10|0|1000000000",
                "        a-1 [0] -10      [000] d..2. 1.000000:|a-1 [0] |10|0|1000000000",
                "  a-1 [0] 2.0: b-10      [000] d..2. 1.000000:|a-1 [0] 2.0: b|10|0|1000000000",
                " -1 [0] 2.000000-10      [000] d..2. 1.000000:|-1 [0] 2.000000|10|0|1000000000",
                "-1 [0] 2.000000:-10      [000] d..2. 1.000000:|-1 [0] 2.000000:|10|0|1000000000",
                "             [1]-10      [000] d..2. 1.000000:|[1]|10|0|1000000000",
                "           x=y: -10      [000] d..2. 1.000000:|x=y: |10|0|1000000000",
                "         a ==> b-10      [000] d..2. 1.000000:|a ==> b|10|0|1000000000",
                "         (   12)-10      [000] d..2. 1.000000:|(   12)|10|0|1000000000",
                "            CPU:-10      [000] d..2. 1.000000:|CPU:|10|0|1000000000",
                "    CPU:0 [LOST-10      [000] d..2. 1.000000:|CPU:0 [LOST|10|0|1000000000",
                "             naïve-10      [000] d..2. 1.000000:|naïve|10|0|1000000000",
                // not padded and horrible
                "a-1 [x] -10 [000] d..2. 1.000000:|a-1 [x] |10|0|1000000000",
                "a[1]-10 [000] d..2. 1.000000:|a[1]|10|0|1000000000",
                "a)-10 (   12) [000] d..2. 1.000000:|a)|10|0|1000000000"
            })
    void isRead(String header, String comm, int pid, int cpu, long nanos) throws IOException {
        TraceEvent.Context context = header(header);
        assertEquals(comm == null ? "" : comm, context.comm());
        assertEquals(pid, context.pid());
        assertEquals(cpu, context.cpu());
        assertEquals(nanos, context.timeNanos());
        assertEquals(1, context.line());
    }

    /** The arithmetic: the shortest header is longer than the longest name, wherever the name ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {"%s-10 [000] 1.000000:", "%16s-10      [000] d..2. 1.000000:", "%s-10 (   12) [0] .. 1.000000:"})
    void noNameHoldsAHeader(String form) throws IOException {
        String shortest = "-7 [0] 9.000000: ";
        assertEquals(17, shortest.length());
        for (String head : List.of("", "x", "a b")) {
            for (int length = 0; head.length() + length <= 15; length++) {
                String name = head + shortest.substring(0, length);
                TraceEvent.Context context = header(String.format(Locale.ROOT, form, name));
                assertEquals(name, context.comm());
                assertEquals(10, context.pid());
                assertEquals(1_000_000_000, context.timeNanos());
            }
        }
    }

    /** A file name may look like a header: the first that has the form is it. */
    @Test
    void takesTheFirstHeader() throws IOException {
        List<TraceEvent> events = Recordings.all(
                "a-1 [002] 1.000000: sched_process_exec: filename=/b-9 [009] 9.000000: x pid=3 old_pid=4\n");
        assertEquals(
                List.of(new TraceEvent.Exec(
                        new TraceEvent.Context(2, 1, "a", 1_000_000_000, 1), "/b-9 [009] 9.000000: x", 3, 4)),
                events);
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws IOException {
        byte[] line = ("            b\u00ffsh-1 [000] 1.000000:" + FREE).getBytes(StandardCharsets.ISO_8859_1);
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(line), "t")) {
            assertEquals("b\ufffdsh", reader.next().comm());
        }
    }
}
