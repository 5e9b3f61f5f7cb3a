package org.jurcu.task.trace;

/**
 * Reads an event behind its header; the fields are those of the kernel's {@code TP_printk}. Each program writes the name and
 * what separates it from the fields in its own way, which tells the program: {@code name: fields} is ftrace's,
 * {@code name:      fields} trace-cmd's, {@code group:name: fields} perf's.
 */
final class EventParser {
    private static final int LONGEST_NAME = 128;

    /** The most frequent first. */
    private static final Known[] KNOWN = {
        new Known("sched", "sched_switch", EventParser::switching),
        new Known("signal", "signal_generate", EventParser::signal),
        new Known("sched", "sched_process_wait", EventParser::waiting),
        new Known("sched", "sched_process_exit", EventParser::exit),
        new Known("sched", "sched_process_fork", EventParser::fork),
        new Known("sched", "sched_process_free", EventParser::free),
        new Known("task", "task_newtask", EventParser::newTask),
        new Known("sched", "sched_process_exec", EventParser::exec)
    };

    private static final Text SYSCALLS = Text.of("syscalls:");
    private static final Text TRUE = Text.of("true");
    private static final Text FALSE = Text.of("false");
    private static final SignalResult[] RESULTS = SignalResult.values();

    private final StringCache strings = new StringCache();
    private final Fields fields;
    private final SyscallParser syscalls;
    private final Dialect dialect;
    private int nameEnd;

    EventParser(Dialect dialect, Line line) {
        this.dialect = dialect;
        fields = new Fields(line, strings);
        syscalls = new SyscallParser(fields);
    }

    /** Returns the event, or null if it is unknown; then {@link #unknownName} tells its name. */
    TraceEvent parse(Line line, Header header) throws TraceFormatException {
        if (dialect.format() == TraceFormat.PERF) {
            return parsePerf(line, header);
        }
        int from = header.body;
        for (Known known : KNOWN) {
            if (isNamed(line, from, known.name)) {
                int to = from + known.name.length();
                fields.begin(from, to);
                if (to == line.end || line.buf[to] != ':') {
                    throw fields.expected("':'");
                }
                int behind = to + 1;
                int padded = lastSpace(line, behind);
                dialect.isOf(padded > behind ? TraceFormat.TRACE_CMD : TraceFormat.FTRACE, line);
                fields.position(padded);
                return known.format.parse(this, header.context(line, strings));
            }
        }
        SyscallParser.Call call = SyscallParser.find(line, from);
        if (call != null) {
            dialect.isOf(TraceFormat.FTRACE, line);
            return syscalls.parse(line, header.context(line, strings), call, from);
        }
        nameEnd = nameEnd(line, from);
        SyscallParser.Half half = SyscallParser.findHalf(line, from, nameEnd);
        if (half == null || nameEnd == line.end || line.buf[nameEnd] != ':') {
            return null;
        }
        dialect.isOf(TraceFormat.TRACE_CMD, line);
        return syscalls.parse(line, header.context(line, strings), half, from, lastSpace(line, nameEnd + 1));
    }

    /** {@code group:name: fields}. */
    private TraceEvent parsePerf(Line line, Header header) throws TraceFormatException {
        int from = header.body;
        int to = from;
        while (to < line.end && line.buf[to] > ' ' && line.buf[to] != '(') {
            to++;
        }
        if (to == from) {
            throw line.fail("expected an event's name but found " + line.quote(from, line.end));
        }
        nameEnd = line.buf[to - 1] == ':' ? to - 1 : to;
        for (Known known : KNOWN) {
            if (known.perf.length() == nameEnd - from && known.perf.isAt(line.buf, from, nameEnd)) {
                fields.begin(nameEnd - known.name.length(), nameEnd);
                if (nameEnd == to) {
                    throw fields.expected("':'");
                }
                fields.position(lastSpace(line, to));
                return known.format.parse(this, header.context(line, strings));
            }
        }
        if (!SYSCALLS.isAt(line.buf, from, nameEnd)) {
            return null;
        }
        int name = from + SYSCALLS.length();
        SyscallParser.Half half = SyscallParser.findHalf(line, name, nameEnd);
        return half == null || nameEnd == to
                ? null
                : syscalls.parse(line, header.context(line, strings), half, name, lastSpace(line, to));
    }

    /** Returns whether that name stands there and ends behind it. */
    static boolean isNamed(Line line, int from, Text name) {
        int to = from + name.length();
        return name.isAt(line.buf, from, line.end) && (to == line.end || endsName(line.buf[to]));
    }

    private static boolean endsName(byte b) {
        return b == ':' || b == '(' || b == ' ';
    }

    /** Returns the last of the spaces from {@code at} on, where the first field's key begins. */
    private static int lastSpace(Line line, int at) {
        int i = at;
        while (i + 1 < line.end && line.buf[i] == ' ' && line.buf[i + 1] == ' ') {
            i++;
        }
        return i;
    }

    String unknownName(Line line, Header header) {
        return strings.get(line.buf, header.body, nameEnd);
    }

    /** A name ends at ':', '(' or a space; {@code <stack trace>} is one too. */
    private static int nameEnd(Line line, int from) throws TraceFormatException {
        byte[] buf = line.buf;
        int limit = Math.min(line.end, from + LONGEST_NAME);
        int i = from;
        if (from < limit && buf[from] == '<') {
            while (i < limit && buf[i] >= ' ' && buf[i] != '>') {
                i++;
            }
            if (i < limit && buf[i] == '>') {
                return i + 1;
            }
        } else {
            while (i < limit && buf[i] > ' ' && buf[i] < 0x7f && buf[i] != ':' && buf[i] != '(') {
                i++;
            }
            if (i > from && (i == line.end || endsName(buf[i]))) {
                return i;
            }
        }
        throw line.fail("expected an event's name but found " + line.quote(from, line.end));
    }

    private TraceEvent newTask(TraceEvent.Context context) throws TraceFormatException {
        int pid = fields.pid(Field.PID);
        fields.expect(Field.COMM);
        String comm = fields.textBeforeLast(Field.CLONE_FLAGS);
        long flags = fields.hex(Field.CLONE_FLAGS);
        fields.decimal(Field.OOM_SCORE_ADJ, Short.MIN_VALUE, Short.MAX_VALUE);
        return new TraceEvent.NewTask(context, pid, comm, flags);
    }

    private TraceEvent fork(TraceEvent.Context context) throws TraceFormatException {
        fields.expect(Field.COMM);
        String parentComm = fields.textBeforePair(Field.PID, Field.CHILD_COMM);
        int parent = fields.pid(Field.PID);
        fields.expect(Field.CHILD_COMM);
        String childComm = fields.textBeforeLast(Field.CHILD_PID);
        return new TraceEvent.Fork(context, parent, parentComm, fields.pid(Field.CHILD_PID), childComm);
    }

    private TraceEvent exec(TraceEvent.Context context) throws TraceFormatException {
        fields.expect(Field.FILENAME);
        String filename = fields.textBeforeLast(Field.PID);
        int pid = fields.pid(Field.PID);
        return new TraceEvent.Exec(context, filename, pid, fields.pid(Field.OLD_PID));
    }

    private TraceEvent exit(TraceEvent.Context context) throws TraceFormatException {
        fields.expect(Field.COMM);
        String comm = fields.textBeforeLast(Field.PID);
        int pid = fields.pid(Field.PID);
        priority(Field.PRIO);
        return new TraceEvent.Exit(context, pid, comm, groupDead());
    }

    private GroupDead groupDead() throws TraceFormatException {
        if (!fields.has(Field.GROUP_DEAD)) {
            return GroupDead.UNKNOWN;
        }
        fields.expect(Field.GROUP_DEAD);
        if (fields.wordIs(TRUE)) {
            return GroupDead.YES;
        }
        if (fields.wordIs(FALSE)) {
            return GroupDead.NO;
        }
        throw fields.expected("true or false for group_dead");
    }

    private TraceEvent waiting(TraceEvent.Context context) throws TraceFormatException {
        fields.expect(Field.COMM);
        String comm = fields.textBeforeLast(Field.PID);
        int pid = fields.pid(Field.PID);
        priority(Field.PRIO);
        return new TraceEvent.Wait(context, comm, pid);
    }

    private TraceEvent free(TraceEvent.Context context) throws TraceFormatException {
        fields.expect(Field.COMM);
        String comm = fields.textBeforeLast(Field.PID);
        int pid = fields.pid(Field.PID);
        priority(Field.PRIO);
        return new TraceEvent.Free(context, pid, comm);
    }

    private TraceEvent switching(TraceEvent.Context context) throws TraceFormatException {
        if (dialect.format() == TraceFormat.TRACE_CMD && !fields.has(Field.PREV_COMM)) {
            // The plugin's letters for Z and X changed places between its versions: what it printed may mean either.
            throw fields.fail(
                    "expected 'prev_comm=' but found the short form of trace-cmd's plugin, which does not tell a"
                            + " zombie from a dead task: print the recording with trace-cmd report -N");
        }
        fields.expect(Field.PREV_COMM);
        String prevComm = fields.textBeforePair(Field.PREV_PID, Field.PREV_PRIO);
        int prevPid = fields.pid(Field.PREV_PID);
        int prevPrio = priority(Field.PREV_PRIO);
        fields.expect(Field.PREV_STATE);
        String prevState = fields.word();
        if (prevState.isEmpty()) {
            throw fields.expected("a state for prev_state");
        }
        fields.expect(Field.NEXT_COMM);
        String nextComm = fields.textBeforeLast(Field.NEXT_PID);
        int nextPid = fields.pid(Field.NEXT_PID);
        int nextPrio = priority(Field.NEXT_PRIO);
        return new TraceEvent.Switch(context, prevPid, prevComm, prevPrio, prevState, nextPid, nextComm, nextPrio);
    }

    private TraceEvent signal(TraceEvent.Context context) throws TraceFormatException {
        int signal = fields.decimal(Field.SIG, 1, 64);
        int errno = fields.decimal(Field.ERRNO, Integer.MIN_VALUE, Integer.MAX_VALUE);
        int code = fields.decimal(Field.CODE, Integer.MIN_VALUE, Integer.MAX_VALUE);
        fields.expect(Field.COMM);
        String comm = fields.textBeforeLast(Field.PID);
        int pid = fields.pid(Field.PID);
        boolean group = fields.decimal(Field.GRP, 0, 1) == 1;
        SignalResult result = RESULTS[fields.decimal(Field.RES, 0, RESULTS.length - 1)];
        return new TraceEvent.SignalGenerate(context, signal, errno, code, pid, comm, group, result);
    }

    private int priority(Field field) throws TraceFormatException {
        return fields.decimal(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private interface Format {
        TraceEvent parse(EventParser parser, TraceEvent.Context context) throws TraceFormatException;
    }

    private static final class Known {
        final Text name;
        final Text perf;
        final Format format;

        Known(String group, String name, Format format) {
            this.name = Text.of(name);
            perf = Text.of(group + ":" + name);
            this.format = format;
        }
    }
}
