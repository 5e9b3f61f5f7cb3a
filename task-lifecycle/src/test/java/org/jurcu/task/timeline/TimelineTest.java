package org.jurcu.task.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.CountHistory;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.trace.TraceFormatException;

/** What is written into the page. */
@ResourceLock("refcount warnings")
class TimelineTest {
    private static final String SMALL = """
        # tracer: nop
        # #P:2
                   other-1       [000] ..... 1.000000: task_newtask: pid=10 comm=sh clone_flags=1200000 oom_score_adj=0
                   other-1       [000] ..... 1.000001: sched_process_fork: comm=other pid=1 child_comm=sh child_pid=10
                   other-1       [000] d..2. 1.000010: sched_switch: prev_comm=other prev_pid=1 prev_prio=120 prev_state=S ==> next_comm=sh next_pid=10 next_prio=120
                      sh-10      [000] ..... 1.000020: task_newtask: pid=11 comm=sh clone_flags=1200000 oom_score_adj=0
                      sh-10      [000] ..... 1.000021: sched_process_fork: comm=sh pid=10 child_comm=sh child_pid=11
                  <idle>-0       [001] d..2. 1.000022: sched_switch: prev_comm=<idle> prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=sh next_pid=11 next_prio=120
                      sh-10      [000] ..... 1.000023: sys_wait4(upid: 0xffffffff, stat_addr: 0, options: 0, ru: 0)
                      sh-10      [000] ..... 1.000024: sched_process_wait: comm=sh pid=0 prio=120
                      sh-10      [000] d..2. 1.000025: sched_switch: prev_comm=sh prev_pid=10 prev_prio=120 prev_state=S ==> next_comm=other next_pid=1 next_prio=120
                    </b>-11      [001] ..... 1.000030: sched_process_exec: filename=/bin/</b> pid=11 old_pid=11
                    </b>-11      [001] ..... 1.000040: sched_process_exit: comm=</b> pid=11 prio=120 group_dead=true
                    </b>-11      [001] d..2. 1.000041: signal_generate: sig=17 errno=0 code=1 comm=sh pid=10 grp=1 res=0
                    </b>-11      [001] d..2. 1.000042: sched_switch: prev_comm=</b> prev_pid=11 prev_prio=120 prev_state=Z ==> next_comm=sh next_pid=10 next_prio=120
                      sh-10      [001] ..... 1.000050: sys_wait4 -> 0xb
                  <idle>-0       [000] ..s.. 1.000090: sched_process_free: comm=</b> pid=11 prio=120
        """;

    @TempDir
    Path dir;

    private String page(String recording) throws IOException {
        Path file = Files.writeString(dir.resolve("a<b.trace"), recording);
        CountHistory history = new CountHistory(16, 1000, Replay.current());
        ReplayReport report = Replay.run(file, ReplayOptions.DEFAULT.watchedBy(history));
        assertTrue(report.passed(), report::toString);
        Path page = dir.resolve("page.html");
        Timeline.write(file, history.lifetimes(), report, page);
        assertFalse(Files.exists(dir.resolve("page.html.part")));
        return Files.readString(page);
    }

    private static String data(String page) {
        Matcher data = Pattern.compile("(?s)id=\"data\">(.*?)</script>").matcher(page);
        assertTrue(data.find());
        return data.group(1);
    }

    @Test
    void whatTheRecordingTells() throws IOException {
        String data = data(page(SMALL));
        String[] tasks = data.substring(data.indexOf("\"tasks\":[\n") + 10, data.indexOf("],\n\"texts\""))
                .split(",\n", -1);
        assertEquals(2, tasks.length, data);
        // number, name, no parent, forked; born at once; nothing else happened; ran from 10 to 25 µs on CPU 0 till
        // asleep (S is 1), and
        // from 42 µs on CPU 1 to the end (R is 0)
        assertTrue(tasks[0].startsWith("[10,0,-1,2,0,-1,-1,-1,-1,-1,-1,[10000,15000,1,17000,48000,16],["), tasks[0]);
        // born at 20, exits at 40, off its CPU at 42, released when its parent's wait was played, freed by the model no
        // earlier, by the kernel at 90; ran on CPU 1 from 22 to 42 and left as Z
        Matcher child = Pattern.compile(
                        "\\[11,\\d+,0,2,20000,40000,42000,(\\d+),(\\d+),(\\d+),90000,\\[22000,20000,22\\],\\[(.*)\\],\\d+\\]")
                .matcher(tasks[1]);
        assertTrue(child.matches(), tasks[1]);
        long released = Long.parseLong(child.group(1));
        assertTrue(released >= 42_000 && released <= 50_000, tasks[1]);
        assertTrue(Long.parseLong(child.group(2)) >= released, tasks[1]);
        assertTrue(Long.parseLong(child.group(3)) >= Long.parseLong(child.group(2)), tasks[1]);
        // at least: usage and rcu_users begin, two puts of rcu_users, the delayed put
        assertTrue(child.group(4).split(",").length >= 5 * 8, tasks[1]);
        assertTrue(data.contains("\"passed\":true,\"cpus\":2,\"first\":1000000000,\"span\":90000,"), data);
    }

    @Test
    void namesCannotLeaveTheData() throws IOException {
        String page = page(SMALL);
        assertTrue(data(page).contains("\"\\u003c/b>\""), page);
        assertTrue(page.contains("<title>Timeline: " + dir + "/a&lt;b.trace</title>"), page);
    }

    @Test
    void thePageAsksForNothing() throws IOException {
        String page = page(SMALL);
        assertFalse(page.contains("http://") || page.contains("https://") || page.contains("src="), "refers elsewhere");
        assertTrue(page.contains("default-src 'none'"));
    }

    @Test
    void aThreadThatExecsKeepsItsLife() throws IOException {
        Path file = Path.of("src/test/resources/traces/mt-exec.trace.gz");
        CountHistory history = new CountHistory(16, 1000, Replay.current());
        ReplayReport report = Replay.run(file, ReplayOptions.DEFAULT.watchedBy(history));
        Path page = dir.resolve("page.html");
        Timeline.write(file, history.lifetimes(), report, page);
        String data = data(Files.readString(page));
        String[] tasks = data.substring(data.indexOf("\"tasks\":[\n") + 10, data.indexOf("],\n\"texts\""))
                .split(",\n", -1);
        assertEquals(report.forks(), tasks.length);
        for (String task : tasks) {
            String[] fields = task.substring(1).split(",", 12);
            long lastPut = Long.parseLong(fields[8]);
            assertTrue(Long.parseLong(fields[4]) < Long.parseLong(fields[5]), task);
            assertTrue(lastPut >= Long.parseLong(fields[7]) && lastPut >= Long.parseLong(fields[6]), task);
            assertTrue(lastPut <= Long.parseLong(fields[9]), task);
            assertTrue(Long.parseLong(fields[6]) < Long.parseLong(fields[10]), task);
        }
    }

    @Test
    void withoutHistoryTheRecordingIsDrawn() throws IOException {
        Path file = Files.writeString(dir.resolve("t"), SMALL);
        ReplayReport report = Replay.run(file, ReplayOptions.DEFAULT);
        Path page = dir.resolve("page.html");
        Timeline.write(file, List.of(), report, page);
        assertTrue(data(Files.readString(page)).contains(",20000,40000,42000,-1,-1,-1,90000,[22000,20000,22],[],0]"));
    }

    @Test
    void aTornRecordingLeavesNoPage() throws IOException {
        Path file = Files.writeString(dir.resolve("t"), SMALL);
        ReplayReport report = Replay.run(file, ReplayOptions.DEFAULT);
        Files.writeString(file, SMALL.substring(0, SMALL.length() - 9));
        Path page = dir.resolve("page.html");
        assertThrows(TraceFormatException.class, () -> Timeline.write(file, List.of(), report, page));
        assertFalse(Files.exists(page));
        assertFalse(Files.exists(dir.resolve("page.html.part")));
    }
}
