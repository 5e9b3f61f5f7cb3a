package org.jurcu.stress.campaign.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.stress.campaign.replay.Source;

class TreeFilterTest {
    private static final String FORK =
            "            java-50      [000] ..... 1.000001: sched_process_fork: comm=java pid=50 child_comm=java"
                    + " child_pid=";

    private final TreeFilter filter = new TreeFilter(60);

    private static List<Path> recordings() throws IOException {
        try (var files = Files.list(Path.of("../task-lifecycle/src/test/resources/traces"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".gz"))
                    .sorted()
                    .toList();
            assertTrue(found.size() >= 13, found::toString);
            return found;
        }
    }

    /** They were cut to their trees by another program. */
    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsCutStaysAsItIs(Path recording) throws IOException {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        TreeFilter ofThat = null;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    if (ofThat == null) { // the root's task_newtask
                        ofThat = new TreeFilter(Integer.parseInt(line.replaceFirst(".*: pid=(\\d+) .*", "$1")));
                    }
                    before.add(line);
                    after.add(ofThat.filter(line));
                }
            }
        }
        assertEquals(before, after);
    }

    @Test
    void strangersAreLeftOutOrNameless() {
        assertNull(filter.filter(FORK + "59"));
        assertEquals(
                "           other-50      [000] ..... 1.000001: sched_process_fork: comm=java pid=50 child_comm=java"
                        + " child_pid=60",
                filter.filter(FORK + "60"));
        assertNull(
                filter.filter("            bash-50      [000] ..... 1.000002: sys_wait4(upid: 0xffffffff, stat_addr: 0,"
                        + " options: 0, ru: 0)"));
        assertNull(filter.filter(
                "            bash-50      [000] ..... 1.000002: sched_process_exit: comm=bash pid=50 prio=120"
                        + " group_dead=true"));
        assertNull(filter.filter(
                "            bash-50      [000] d..2. 1.000002: sched_switch: prev_comm=bash prev_pid=50 prev_prio=120"
                        + " prev_state=S ==> next_comm=x next_pid=51 next_prio=120"));
        assertNull(filter.filter(
                "            bash-50      [000] d..2. 1.000002: signal_generate: sig=17 errno=0 code=1 comm=x"
                        + " pid=51 grp=1 res=0"));
        assertEquals(
                "          <idle>-0       [000] d..2. 1.000002: sched_switch: prev_comm=<idle> prev_pid=0"
                        + " prev_prio=120 prev_state=R ==> next_comm=a ==> next_pid=1 b next_pid=60 next_prio=120",
                filter.filter(
                        "          <idle>-0       [000] d..2. 1.000002: sched_switch: prev_comm=swapper/0 prev_pid=0"
                                + " prev_prio=120 prev_state=R ==> next_comm=a ==> next_pid=1 b next_pid=60"
                                + " next_prio=120"));
        assertEquals(
                "          a b-1-60      [000] d..2. 1.000002: sched_switch: prev_comm=a b-1 prev_pid=60 prev_prio=120"
                        + " prev_state=S ==> next_comm=other next_pid=51 next_prio=120",
                filter.filter("           a b-1-60      [000] d..2. 1.000002: sched_switch: prev_comm=a b-1 prev_pid=60"
                                + " prev_prio=120 prev_state=S ==> next_comm=secret next_pid=51 next_prio=120")
                        .replaceFirst("^ ", ""));
        assertEquals(
                "             a b-60      [000] d..2. 1.000002: signal_generate: sig=17 errno=0 code=1 comm=other"
                        + " pid=51 grp=1 res=0",
                filter.filter("             a b-60      [000] d..2. 1.000002: signal_generate: sig=17 errno=0 code=1"
                        + " comm=secret pid=51 grp=1 res=0"));
    }

    @Test
    void aNumberThatIsUsedAgainOutsideIsForgotten() {
        String exit = "               x-60      [000] ..... 1.000002: sched_process_exit: comm=x pid=60 prio=120"
                + " group_dead=true";
        assertEquals(exit, filter.filter(exit));
        String child = "               x-60      [000] ..... 1.000003: sched_process_fork: comm=x pid=60 child_comm=x"
                + " child_pid=61";
        assertEquals(child, filter.filter(child));
        assertEquals(new CaptureSummary(2, 1, 1, 0, 7), filter.summary(7));
        assertNull(filter.filter(FORK + "61"));
        assertNull(filter.filter(exit.replace("60", "61")));
    }

    @Test
    void linesOfOtherKinds() {
        assertNull(filter.filter("# tracer: nop"));
        assertNull(filter.filter("CPU:1 [LOST 3 EVENTS]"));
        assertNull(filter.filter(""));
        assertNull(filter.filter("               x-60      [000] ..... 1.000002: sched_switch: nonsense"));
    }

    @Test
    void bundledRecordingsAreThere() throws Exception {
        assertTrue(Source.bundled(Path.of("..")).size() >= 13);
    }
}
