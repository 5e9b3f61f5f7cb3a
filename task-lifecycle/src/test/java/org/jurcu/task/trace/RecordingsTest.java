package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.task.trace.TraceEvent.Kind;

/** The bundled recordings of a real kernel, read by the reader and, independently, by regular expressions. */
class RecordingsTest {
    private static final Pattern EVENT =
            Pattern.compile("^ *(.+)-(\\d+) +\\[(\\d{3})] \\S{5} (\\d+)\\.(\\d{6}): (sys_\\w+(?: ->|\\()|\\w+:)(.*)$");

    private static final Map<String, Kind> KINDS = Map.of(
            "task_newtask:", Kind.NEW_TASK,
            "sched_process_fork:", Kind.FORK,
            "sched_process_exec:", Kind.EXEC,
            "sched_process_exit:", Kind.EXIT,
            "sched_process_wait:", Kind.WAIT,
            "sched_process_free:", Kind.FREE,
            "sched_switch:", Kind.SWITCH,
            "signal_generate:", Kind.SIGNAL_GENERATE);

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Recordings.file("storm").getParent())) {
            return files.map(file -> file.getFileName().toString().replace(".trace.gz", "")).sorted().toList().stream();
        }
    }

    @Test
    void thirteenRecordingsAreBundled() throws IOException {
        assertEquals(13, names().count());
    }

    /** The table that came with the recordings. */
    @ParameterizedTest
    @CsvSource({
        "autoreap, 201, 201, 201",
        "group-kill, 161, 161, 161",
        "make-j2, 38, 38, 38",
        "mt-exec, 141, 141, 141",
        "orphans, 181, 181, 181",
        "pid-namespace, 76, 76, 76",
        "ptrace, 21, 21, 21",
        "shell-pipelines, 187, 187, 187",
        "sigchld, 81, 81, 81",
        "storm, 1093, 1093, 1093",
        "subreaper, 181, 181, 181",
        "threads, 481, 481, 481",
        "zombies, 14, 12, 2"
    })
    void holdsTheLifetimesOfTheTable(String name, int forks, int exits, int frees) throws IOException {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        try (TraceReader reader = TraceReader.open(Recordings.file(name))) {
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                counts.merge(event.kind(), 1, Integer::sum);
            }
            assertEquals(2, reader.declaredCpus());
            assertEquals(0, reader.skipped());
            assertEquals(0, reader.lostEvents());
            assertEquals(Map.of(), reader.skippedByName());
        }
        assertEquals(forks, counts.get(Kind.FORK));
        assertEquals(forks, counts.get(Kind.NEW_TASK));
        assertEquals(exits, counts.get(Kind.EXIT));
        assertEquals(frees, counts.get(Kind.FREE));
    }

    /** Every line, every field: what the record holds is printed as the kernel printed it and compared with the line. */
    @ParameterizedTest
    @MethodSource("names")
    void readsEveryLineAsRegularExpressionsDo(String name) throws IOException {
        List<String> lines = Recordings.lines(name);
        Map<Kind, Integer> expected = new TreeMap<>();
        Map<Kind, Integer> found = new TreeMap<>();
        int number = 0;
        try (TraceReader reader = TraceReader.open(Recordings.file(name))) {
            for (String line : lines) {
                number++;
                if (line.startsWith("#")) {
                    continue;
                }
                Matcher m = EVENT.matcher(line);
                assertTrue(m.matches(), line);
                Kind kind = kindOf(m.group(6));
                expected.merge(kind, 1, Integer::sum);
                TraceEvent event = reader.next();
                found.merge(event.kind(), 1, Integer::sum);
                assertEquals(kind, event.kind(), line);
                assertEquals(number, event.line());
                assertEquals(number, reader.line());
                assertEquals(m.group(1), event.comm(), line);
                assertEquals(Integer.parseInt(m.group(2)), event.pid(), line);
                assertEquals(Integer.parseInt(m.group(3)), event.cpu(), line);
                assertEquals(Long.parseLong(m.group(4) + m.group(5) + "000"), event.timeNanos(), line);
                Printer printer = new Printer(line);
                event.accept(printer);
                assertEquals(m.group(6) + m.group(7), printer.text, line);
            }
            assertEquals(null, reader.next());
            assertEquals(expected.values().stream().mapToInt(Integer::intValue).sum(), reader.events());
            assertEquals(number, reader.line());
        }
        assertEquals(expected, found);
        assertTrue(expected.get(Kind.SWITCH) > 0);
    }

    private static Kind kindOf(String name) {
        if (name.startsWith("sys_")) {
            return name.endsWith("(") ? Kind.SYSCALL_ENTER : Kind.SYSCALL_EXIT;
        }
        return KINDS.get(name);
    }

    /** Prints as the kernel did; what the records leave out is taken from the line. */
    private static final class Printer implements TraceVisitor {
        private final String line;
        String text = "";

        Printer(String line) {
            this.line = line;
        }

        private String from(String key) {
            return line.substring(line.lastIndexOf(key));
        }

        @Override
        public void newTask(TraceEvent.NewTask e) {
            text = "task_newtask: pid=" + e.childPid() + " comm=" + e.childComm() + " clone_flags="
                    + Long.toHexString(e.cloneFlags()) + from(" oom_score_adj=");
        }

        @Override
        public void fork(TraceEvent.Fork e) {
            text = "sched_process_fork: comm=" + e.parentComm() + " pid=" + e.parentPid() + " child_comm="
                    + e.childComm() + " child_pid=" + e.childPid();
        }

        @Override
        public void exec(TraceEvent.Exec e) {
            text = "sched_process_exec: filename=" + e.filename() + " pid=" + e.taskPid() + " old_pid=" + e.oldPid();
        }

        @Override
        public void exit(TraceEvent.Exit e) {
            String prio = from(" prio=");
            text = "sched_process_exit: comm=" + e.taskComm() + " pid=" + e.taskPid()
                    + prio.substring(0, prio.indexOf(" group_dead=")) + " group_dead="
                    + (e.groupDead() == GroupDead.YES ? "true" : e.groupDead() == GroupDead.NO ? "false" : "?");
        }

        @Override
        public void waiting(TraceEvent.Wait e) {
            text = "sched_process_wait: comm=" + e.taskComm() + " pid=" + e.waitPid() + from(" prio=");
        }

        @Override
        public void free(TraceEvent.Free e) {
            text = "sched_process_free: comm=" + e.taskComm() + " pid=" + e.taskPid() + from(" prio=");
        }

        @Override
        public void switching(TraceEvent.Switch e) {
            text = "sched_switch: prev_comm=" + e.prevComm() + " prev_pid=" + e.prevPid() + " prev_prio="
                    + e.prevPrio() + " prev_state=" + e.prevState() + " ==> next_comm=" + e.nextComm() + " next_pid="
                    + e.nextPid() + " next_prio=" + e.nextPrio();
        }

        @Override
        public void signalGenerate(TraceEvent.SignalGenerate e) {
            text = "signal_generate: sig=" + e.signal() + " errno=" + e.errno() + " code=" + e.code() + " comm="
                    + e.targetComm() + " pid=" + e.targetPid() + " grp=" + (e.group() ? 1 : 0) + " res="
                    + List.of(SignalResult.values()).indexOf(e.result());
        }

        @Override
        public void syscallEnter(TraceEvent.SyscallEnter e) {
            StringBuilder s = new StringBuilder("sys_" + e.syscall().callName() + "(");
            String separator = "";
            for (String argument : e.syscall().arguments()) {
                long value = e.arg(argument);
                s.append(separator).append(argument).append(": ");
                s.append(value >= 0 && value < 10 ? "" : "0x").append(Long.toHexString(value));
                separator = ", ";
            }
            text = s.append(")").toString();
        }

        @Override
        public void syscallExit(TraceEvent.SyscallExit e) {
            text = "sys_" + e.syscall().callName() + " -> 0x" + Long.toHexString(e.result());
        }
    }
}
