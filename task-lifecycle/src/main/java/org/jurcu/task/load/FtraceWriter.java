package org.jurcu.task.load;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jurcu.task.trace.GroupDead;
import org.jurcu.task.trace.SignalResult;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceVisitor;

/**
 * Writes events as ftrace's text shows them. What {@link TraceEvent} does not keep is written as it usually is: priority
 * 120, no adjustment of the OOM score.
 */
final class FtraceWriter implements TraceVisitor {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 8192;
    private static final int COMM_COLUMNS = 16;
    private static final int PID_COLUMNS = 7;
    private static final int HEAD_LINES = 3;
    private static final byte[] PRIO = ascii(" prio=120");

    private final OutputStream out;
    private final byte[] buf = new byte[BUFFER];
    private int n;
    private long lines = HEAD_LINES;

    FtraceWriter(OutputStream out, int cpus) throws IOException {
        this.out = out;
        text("# tracer: nop\n# #P:").number(cpus);
        text("\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of the line that the next event will be on. */
    long nextLine() {
        return lines + 1;
    }

    /** Writes one event; only the buffer's being full writes to the stream. */
    void write(TraceEvent event) throws IOException {
        if (n > BUFFER - LONGEST_LINE) {
            flush();
        }
        event.accept(this);
        put('\n');
        lines++;
    }

    void flush() throws IOException {
        out.write(buf, 0, n);
        n = 0;
        out.flush();
    }

    private FtraceWriter put(char c) {
        buf[n++] = (byte) c;
        return this;
    }

    private FtraceWriter bytes(byte[] text) {
        System.arraycopy(text, 0, buf, n, text.length);
        n += text.length;
        return this;
    }

    private FtraceWriter text(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return bytes(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            buf[n++] = (byte) c;
        }
        return this;
    }

    private FtraceWriter number(long value) {
        if (value < 0) {
            put('-');
            value = -value;
        }
        return padded(value, 1);
    }

    /** At least so many digits, with zeros before. */
    private FtraceWriter padded(long value, int digits) {
        int length = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        length = Math.max(length, digits);
        for (int i = n + length - 1; i >= n; i--) {
            buf[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        n += length;
        return this;
    }

    private FtraceWriter hex(long value) {
        return text(Long.toHexString(value));
    }

    private void spaces(int count) {
        for (int i = 0; i < count; i++) {
            put(' ');
        }
    }

    private FtraceWriter head(TraceEvent event, String flags) {
        String comm = event.comm();
        spaces(COMM_COLUMNS - comm.length());
        text(comm).put('-');
        int from = n;
        number(event.pid());
        spaces(PID_COLUMNS - (n - from));
        text(" [").padded(event.cpu(), 3).text("] ").text(flags).put(' ');
        long micros = event.timeNanos() / 1000;
        return number(micros / 1_000_000).put('.').padded(micros % 1_000_000, 6).text(": ");
    }

    @Override
    public void newTask(TraceEvent.NewTask e) {
        head(e, ".....")
                .text("task_newtask: pid=")
                .number(e.childPid())
                .text(" comm=")
                .text(e.childComm());
        text(" clone_flags=").hex(e.cloneFlags()).text(" oom_score_adj=0");
    }

    @Override
    public void fork(TraceEvent.Fork e) {
        head(e, ".....").text("sched_process_fork: comm=").text(e.parentComm());
        text(" pid=").number(e.parentPid()).text(" child_comm=").text(e.childComm());
        text(" child_pid=").number(e.childPid());
    }

    @Override
    public void exec(TraceEvent.Exec e) {
        head(e, ".....").text("sched_process_exec: filename=").text(e.filename());
        text(" pid=").number(e.taskPid()).text(" old_pid=").number(e.oldPid());
    }

    @Override
    public void exit(TraceEvent.Exit e) {
        head(e, ".....").text("sched_process_exit: comm=").text(e.taskComm());
        text(" pid=").number(e.taskPid()).bytes(PRIO);
        if (e.groupDead() != GroupDead.UNKNOWN) {
            text(e.groupDead() == GroupDead.YES ? " group_dead=true" : " group_dead=false");
        }
    }

    @Override
    public void waiting(TraceEvent.Wait e) {
        head(e, ".....").text("sched_process_wait: comm=").text(e.taskComm());
        text(" pid=").number(e.waitPid()).bytes(PRIO);
    }

    @Override
    public void free(TraceEvent.Free e) {
        head(e, e.pid() == 0 ? "..s1." : "..s..").text("sched_process_free: comm=");
        text(e.taskComm()).text(" pid=").number(e.taskPid()).bytes(PRIO);
    }

    @Override
    public void switching(TraceEvent.Switch e) {
        head(e, "d..2.").text("sched_switch: prev_comm=").text(e.prevComm());
        text(" prev_pid=").number(e.prevPid()).text(" prev_prio=").number(e.prevPrio());
        text(" prev_state=").text(e.prevState()).text(" ==> next_comm=").text(e.nextComm());
        text(" next_pid=").number(e.nextPid()).text(" next_prio=").number(e.nextPrio());
    }

    @Override
    public void signalGenerate(TraceEvent.SignalGenerate e) {
        head(e, "dN.2.").text("signal_generate: sig=").number(e.signal());
        text(" errno=").number(e.errno()).text(" code=").number(e.code());
        text(" comm=").text(e.targetComm()).text(" pid=").number(e.targetPid());
        text(e.group() ? " grp=1 res=" : " grp=0 res=").number(resultNumber(e.result()));
    }

    @Override
    public void syscallEnter(TraceEvent.SyscallEnter e) {
        head(e, ".....").text("sys_").text(e.syscall().callName()).put('(');
        List<String> names = e.syscall().arguments();
        for (int i = 0; i < names.size(); i++) {
            long value = e.arg(i);
            text(i == 0 ? "" : ", ").text(names.get(i));
            text(value < 0 || value > 9 ? ": 0x" : ": ").hex(value); // the kernel's %#lx of a digit is the digit
        }
        put(')');
    }

    @Override
    public void syscallExit(TraceEvent.SyscallExit e) {
        head(e, ".....")
                .text("sys_")
                .text(e.syscall().callName())
                .text(" -> 0x")
                .hex(e.result());
    }

    /** {@code TRACE_SIGNAL_*}. */
    private static int resultNumber(SignalResult result) {
        return switch (result) {
            case DELIVERED -> 0;
            case IGNORED -> 1;
            case ALREADY_PENDING -> 2;
            case OVERFLOW_FAIL -> 3;
            case LOSE_INFO -> 4;
        };
    }
}
