package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jurcu.task.trace.Recordings.body;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The events, field by field, with names that imitate the fields around them. */
class EventFormatTest {

    /** All are 15 bytes at most, as the kernel's. */
    static Stream<String> names() {
        return Stream.of(
                "bash",
                "",
                " ",
                "a b",
                "  a",
                "a  ",
                "-",
                "=",
                ":",
                "==>",
                " ==> next_comm=",
                " ==> ",
                "pid=5",
                " pid=5",
                " pid=5 pid=6",
                " pid=",
                "x pid=5 prio=6",
                " child_comm=",
                " child_pid=5",
                " child_pid=",
                " clone_flags=0",
                " prev_pid=5",
                "x prev_pid=1 p",
                " prev_state=S",
                " next_pid=5",
                "next_pid= 5",
                " old_pid=5",
                " comm=x",
                " group_dead=1",
                " grp=1 res=1",
                "a\tb",
                "[000] 1.0: ",
                "sched_switch: ",
                "#P:5",
                "naïve");
    }

    @ParameterizedTest
    @MethodSource("names")
    void namesAreToldFromFields(String name) throws IOException {
        assertTrue(name.length() <= 15);

        var newTask = body(
                TraceEvent.NewTask.class,
                "task_newtask: pid=10 comm=" + name + " clone_flags=1200000 oom_score_adj=-1000");
        assertEquals(new TraceEvent.NewTask(newTask.context(), 10, name, 0x1200000), newTask);

        var exit = body(TraceEvent.Exit.class, "sched_process_exit: comm=" + name + " pid=10 prio=120 group_dead=true");
        assertEquals(new TraceEvent.Exit(exit.context(), 10, name, GroupDead.YES), exit);

        var free = body(TraceEvent.Free.class, "sched_process_free: comm=" + name + " pid=10 prio=120");
        assertEquals(new TraceEvent.Free(free.context(), 10, name), free);

        var waiting = body(TraceEvent.Wait.class, "sched_process_wait: comm=" + name + " pid=10 prio=120");
        assertEquals(new TraceEvent.Wait(waiting.context(), name, 10), waiting);

        var signal = body(
                TraceEvent.SignalGenerate.class,
                "signal_generate: sig=17 errno=0 code=1 comm=" + name + " pid=10 grp=1 res=2");
        assertEquals(
                new TraceEvent.SignalGenerate(signal.context(), 17, 0, 1, 10, name, true, SignalResult.ALREADY_PENDING),
                signal);

        var exec = body(TraceEvent.Exec.class, "sched_process_exec: filename=" + name + " pid=10 old_pid=11");
        assertEquals(new TraceEvent.Exec(exec.context(), name, 10, 11), exec);
    }

    @ParameterizedTest
    @MethodSource("names")
    void pairsOfNamesAreToldFromFields(String name) throws IOException {
        for (String other : names().toList()) {
            var fork = body(
                    TraceEvent.Fork.class,
                    "sched_process_fork: comm=" + name + " pid=10 child_comm=" + other + " child_pid=11");
            assertEquals(new TraceEvent.Fork(fork.context(), 10, name, 11, other), fork);

            var change = body(
                    TraceEvent.Switch.class,
                    "sched_switch: prev_comm=" + name + " prev_pid=10 prev_prio=120 prev_state=S ==> next_comm=" + other
                            + " next_pid=11 next_prio=-1");
            assertEquals(new TraceEvent.Switch(change.context(), 10, name, 120, "S", 11, other, -1), change);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/make",
        "/home/a b/c d",
        "/x pid=1 old_pid=2",
        "/x pid=1 old_pid=2 pid=3",
        "/a: b [000] (c) -> d",
        "./-",
        "/naïve/日本"
    })
    void fileNames(String name) throws IOException {
        assertEquals(name, body(TraceEvent.Exec.class, exec(name)).filename());
        String longest = ("/" + "d".repeat(254)).repeat(16) + name;
        assertEquals(longest, body(TraceEvent.Exec.class, exec(longest)).filename());
    }

    private static String exec(String filename) {
        return "sched_process_exec: filename=" + filename + " pid=10 old_pid=11";
    }

    @Test
    void groupDead() throws IOException {
        String exit = "sched_process_exit: comm=a pid=10 prio=120";
        assertEquals(GroupDead.UNKNOWN, body(TraceEvent.Exit.class, exit).groupDead());
        assertEquals(
                GroupDead.YES,
                body(TraceEvent.Exit.class, exit + " group_dead=true").groupDead());
        assertEquals(
                GroupDead.NO,
                body(TraceEvent.Exit.class, exit + " group_dead=false").groupDead());
    }

    /** Kernels append fields; the known ones stay readable. */
    @Test
    void laterFieldsAreIgnored() throws IOException {
        assertEquals(
                GroupDead.NO,
                body(TraceEvent.Exit.class, "sched_process_exit: comm=a pid=1 prio=2 group_dead=false exit_code=3")
                        .groupDead());
        assertEquals(
                GroupDead.UNKNOWN,
                body(TraceEvent.Exit.class, "sched_process_exit: comm=a pid=1 prio=2 exit_code=3")
                        .groupDead());
        assertEquals(
                2,
                body(TraceEvent.Exec.class, "sched_process_exec: filename=a pid=1 old_pid=2 interp=/lib/ld.so")
                        .oldPid());
        assertEquals(
                4,
                body(
                                TraceEvent.Switch.class,
                                "sched_switch: prev_comm=a prev_pid=1 prev_prio=2 prev_state=S ==> next_comm=b"
                                        + " next_pid=3 next_prio=4 next_cpu=5")
                        .nextPrio());
    }

    @Test
    void cloneFlags() throws IOException {
        var thread = body(TraceEvent.NewTask.class, "task_newtask: pid=1 comm=a clone_flags=3d0f00 oom_score_adj=0");
        assertTrue(thread.has(TraceEvent.NewTask.CLONE_THREAD));
        assertFalse(thread.has(TraceEvent.NewTask.CLONE_NEWPID));
        assertFalse(thread.has(TraceEvent.NewTask.CLONE_THREAD | TraceEvent.NewTask.CLONE_NEWPID));
        var init = body(TraceEvent.NewTask.class, "task_newtask: pid=1 comm=a clone_flags=0x20000000 oom_score_adj=0");
        assertTrue(init.has(TraceEvent.NewTask.CLONE_NEWPID));
        var all = body(
                TraceEvent.NewTask.class, "task_newtask: pid=1 comm=a clone_flags=ffffFFFFffffFFFF oom_score_adj=0");
        assertEquals(-1, all.cloneFlags());
    }

    @ParameterizedTest
    @CsvSource({
        "S, false, false, false",
        "R, false, false, true",
        "R+, false, false, true",
        "t, false, false, false",
        "Z, true, false, false",
        "X, true, true, false",
        "x, true, true, false",
        "D|K, false, false, false",
        "0x402, true, true, false"
    })
    void states(String state, boolean exited, boolean dead, boolean runnable) throws IOException {
        var change = body(
                TraceEvent.Switch.class,
                "sched_switch: prev_comm=a prev_pid=1 prev_prio=2 prev_state=" + state
                        + " ==> next_comm=b next_pid=3 next_prio=4");
        assertEquals(state, change.prevState());
        assertEquals(exited, change.prevExited());
        assertEquals(dead, change.prevDead());
        assertEquals(runnable, change.prevRunnable());
    }

    @Test
    void signals() throws IOException {
        var signal = body(
                TraceEvent.SignalGenerate.class, "signal_generate: sig=64 errno=-11 code=-6 comm=a pid=1 grp=0 res=4");
        assertEquals(64, signal.signal());
        assertEquals(-11, signal.errno());
        assertEquals(-6, signal.code());
        assertFalse(signal.group());
        assertEquals(SignalResult.LOSE_INFO, signal.result());
    }

    @ParameterizedTest
    @CsvSource({
        "0xfffffffffffffff6, -10",
        "0xfffffffffffffe00, -512",
        "0x0, 0",
        "0x3781, 0x3781",
        "0x3fffff, 0x3fffff",
        "0xfffffff6, -10",
        "0xfffff001, -4095",
        "0xfffff000, 0xfffff000",
        "0x7fffffffffffffff, 0x7fffffffffffffff",
        "0x8000000000000000, -0x8000000000000000"
    })
    void syscallResults(String printed, String expected) throws IOException {
        var exit = body(TraceEvent.SyscallExit.class, "sys_waitid -> " + printed);
        assertEquals(Syscall.WAITID, exit.syscall());
        assertEquals(Long.decode(expected), exit.result());
    }

    @Test
    void syscallArguments() throws IOException {
        var enter = body(
                TraceEvent.SyscallEnter.class,
                "sys_wait4(upid: 0xffffffff, stat_addr: 0x7ffd73e4bc50, options: 0x40000001, ru: 0)");
        assertEquals(Syscall.WAIT4, enter.syscall());
        assertEquals(0xffffffffL, enter.arg("upid"));
        assertEquals(-1, enter.intArg("upid"));
        assertEquals(0x7ffd73e4bc50L, enter.arg(1));
        assertEquals(0x40000001, enter.intArg("options"));
        assertEquals(0, enter.arg("ru"));
        assertEquals(0, enter.arg4());
        assertEquals(
                "sys_wait4 has the arguments [upid, stat_addr, options, ru]: none is which",
                assertThrows(IllegalArgumentException.class, () -> enter.arg("which"))
                        .getMessage());
        assertEquals(
                "sys_wait4 has the arguments [upid, stat_addr, options, ru]: none is at 4",
                assertThrows(IndexOutOfBoundsException.class, () -> enter.arg(4))
                        .getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> enter.arg(-1));
    }

    /** A call with fewer arguments does not show those of the one before. */
    @Test
    void argumentsDoNotLinger() throws IOException {
        var events = Recordings.all(Recordings.HEAD + "sys_waitid(which: 1, upid: 2, infop: 3, options: 4, ru: 5)\n"
                + Recordings.HEAD + "sys_unshare(unshare_flags: 0x20000000)\n");
        var unshare = (TraceEvent.SyscallEnter) events.get(1);
        assertEquals(new TraceEvent.SyscallEnter(unshare.context(), Syscall.UNSHARE, 0x20000000, 0, 0, 0, 0), unshare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // older kernels: no 0x; option verbose: types; later kernels: explanations; another order
                "sys_ptrace(request: 4206, pid: 1119, addr: 0, data: ab)",
                "sys_ptrace(long request: 4206, long pid: 1119, unsigned long addr: 0, unsigned long data: ab)",
                "sys_ptrace(request: 0x4206 (PTRACE_SEIZE), pid: 0x1119, addr: 0 \"\", data: 0xAB <a|b>)",
                "sys_ptrace(pid: 0x1119, request: 0x4206, addr: 0, data: 0xab, extra: what)",
                "sys_ptrace(request:0x4206,pid:0x1119,addr:0,data:0xab) "
            })
    void otherKernelsArguments(String printed) throws IOException {
        var enter = body(TraceEvent.SyscallEnter.class, printed);
        assertEquals(new TraceEvent.SyscallEnter(enter.context(), Syscall.PTRACE, 0x4206, 0x1119, 0, 0xab, 0), enter);
    }

    @Test
    void namesAreShared() throws IOException {
        String line = Recordings.HEAD + "sched_process_free: comm=worker pid=1 prio=2\n";
        var events = Recordings.all(line + line);
        var first = (TraceEvent.Free) events.get(0);
        var second = (TraceEvent.Free) events.get(1);
        assertTrue(sameObject(first.taskComm(), second.taskComm()));
        assertTrue(sameObject(first.comm(), second.comm()));
    }

    @SuppressWarnings("ReferenceEquality") // the identity is what is tested
    private static boolean sameObject(String a, String b) {
        return a == b;
    }
}
