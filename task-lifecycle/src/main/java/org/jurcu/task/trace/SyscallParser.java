package org.jurcu.task.trace;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Reads ftrace's {@code sys_NAME(NAME: VALUE, ...)} and {@code sys_NAME -> RESULT}, and what trace-cmd and perf write instead:
 * {@code sys_enter_NAME: NAME: VALUE, ...} and {@code sys_exit_NAME: RESULT}.
 */
final class SyscallParser {
    private static final Text ARROW = Text.of(" -> ");
    private static final int MAX_ARGUMENTS = 5;

    /** As the kernel's {@code MAX_ERRNO}. */
    private static final int MAX_ERRNO = 4095;

    private static final Call[] CALLS =
            Arrays.stream(Syscall.values()).map(Call::new).toArray(Call[]::new);

    private static final Text PREFIX = Text.of("sys_");

    private static final Half[] HALVES = Arrays.stream(CALLS)
            .flatMap(call -> Stream.of(new Half(call, true), new Half(call, false)))
            .toArray(Half[]::new);

    private final Fields fields;
    private final long[] values = new long[MAX_ARGUMENTS];

    SyscallParser(Fields fields) {
        this.fields = fields;
    }

    /** Returns the call whose {@code sys_NAME} stands there, or null. */
    static Call find(Line line, int from) {
        if (!PREFIX.isAt(line.buf, from, line.end)) {
            return null;
        }
        for (Call call : CALLS) {
            if (EventParser.isNamed(line, from, call.name)) {
                return call;
            }
        }
        return null;
    }

    /** Returns the half of a call whose {@code sys_enter_NAME} or {@code sys_exit_NAME} stands there, or null. */
    static Half findHalf(Line line, int from, int to) {
        if (!PREFIX.isAt(line.buf, from, to)) {
            return null;
        }
        for (Half half : HALVES) {
            if (half.name.length() == to - from && half.name.isAt(line.buf, from, to)) {
                return half;
            }
        }
        return null;
    }

    /** Reads what stands behind the name at {@code from} and its colon, from the space before it. */
    TraceEvent parse(Line line, TraceEvent.Context context, Half half, int from, int space)
            throws TraceFormatException {
        fields.begin(from, from + half.name.length());
        fields.position(space);
        if (space == line.end || line.buf[space] != ' ') {
            throw fields.expected("' '");
        }
        fields.position(space + 1);
        return half.enters
                ? arguments(line, context, half.call, space + 1, line.end)
                : new TraceEvent.SyscallExit(context, half.call.syscall, result());
    }

    /** Reads what stands behind the name at {@code from}. */
    TraceEvent parse(Line line, TraceEvent.Context context, Call call, int from) throws TraceFormatException {
        int behind = from + call.name.length();
        fields.begin(from, behind);
        if (behind < line.end && line.buf[behind] == '(') {
            return enter(line, context, call, behind + 1);
        }
        if (ARROW.isAt(line.buf, behind, line.end)) {
            fields.position(behind + ARROW.length());
            return new TraceEvent.SyscallExit(context, call.syscall, result());
        }
        throw fields.expected("'(' or ' -> '");
    }

    private long result() throws TraceFormatException {
        int from = fields.position();
        long n = fields.hexDigits();
        if (fields.position() == from || !fields.atWordEnd()) {
            throw fields.fail("expected a hexadecimal result but found " + fields.quoteWord(from));
        }
        if (fields.hexOverflow()) {
            throw fields.fail(
                    "the result is out of range: expected at most 64 bits but found " + fields.quoteWord(from));
        }
        // a kernel of 32 bits prints errors in 8 digits; no call here returns such values otherwise
        return n >>> 32 == 0 && (int) n < 0 && (int) n >= -MAX_ERRNO ? (int) n : n;
    }

    private TraceEvent enter(Line line, TraceEvent.Context context, Call call, int from) throws TraceFormatException {
        int close = line.end - 1;
        while (close >= from && line.buf[close] == ' ') {
            close--;
        }
        if (close < from || line.buf[close] != ')') {
            throw fields.fail("expected ')' at the end of the arguments but found " + line.quote(from, line.end));
        }
        return arguments(line, context, call, from, close);
    }

    private TraceEvent arguments(Line line, TraceEvent.Context context, Call call, int from, int close)
            throws TraceFormatException {
        Text[] names = call.arguments;
        int seen = 0;
        int expected = 0;
        int p = from;
        while (p < close) {
            int colon = behindName(line, p, close, names, expected);
            int argument = expected;
            if (colon < 0) {
                colon = Ascii.first((byte) ':', line.buf, p, close);
                argument = argumentBefore(line.buf, p, colon, names);
            }
            if (argument >= 0) {
                values[argument] = value(line, call.syscall, argument, colon + 1);
                seen |= 1 << argument;
                expected = argument + 1;
            }
            p = Ascii.first((byte) ',', line.buf, Math.min(colon + 1, close), close) + 1;
        }
        for (int i = 0; i < names.length; i++) {
            if ((seen & (1 << i)) == 0) {
                throw fields.fail("expected the argument "
                        + call.syscall.arguments().get(i) + " but found " + line.quote(from - 1, line.end));
            }
        }
        return new TraceEvent.SyscallEnter(
                context, call.syscall, values[0], at(1, names), at(2, names), at(3, names), at(4, names));
    }

    private long at(int index, Text[] names) {
        return index < names.length ? values[index] : 0;
    }

    private long value(Line line, Syscall call, int argument, int from) throws TraceFormatException {
        int start = from;
        while (start < line.end && line.buf[start] == ' ') {
            start++;
        }
        fields.position(start);
        long n = fields.hexDigits();
        int behind = fields.position();
        String name = call.arguments().get(argument);
        // later kernels explain values behind a space
        boolean ended =
                behind == line.end || line.buf[behind] == ',' || line.buf[behind] == ')' || line.buf[behind] == ' ';
        if (behind == start || !ended) {
            throw fields.fail("expected a hexadecimal number for " + name + " but found " + fields.quoteWord(start));
        }
        if (fields.hexOverflow()) {
            throw fields.fail(name + " is out of range: expected at most 64 bits but found " + fields.quoteWord(start));
        }
        return n;
    }

    /** Returns where the colon stands if the name that comes next, and nothing else, stands before it, else -1. */
    private static int behindName(Line line, int from, int close, Text[] names, int expected) {
        if (expected == names.length) {
            return -1;
        }
        Text name = names[expected];
        int start = Ascii.behindSpaces(line.buf, from, close);
        int behind = start + name.length();
        return name.isAt(line.buf, start, close) && behind < close && line.buf[behind] == ':' ? behind : -1;
    }

    /** Returns which argument's name ends there, or -1: option {@code verbose} puts the type before the name. */
    private static int argumentBefore(byte[] buf, int from, int colon, Text[] names) {
        int start = colon;
        while (start > from && isNamePart(buf[start - 1])) {
            start--;
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].length() == colon - start && names[i].isAt(buf, start, colon)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNamePart(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || Ascii.isDigit(b);
    }

    /** A call with its names as they stand in a recording. */
    static final class Call {
        final Syscall syscall;
        final Text name;
        final Text[] arguments;

        Call(Syscall syscall) {
            this.syscall = syscall;
            name = Text.of("sys_" + syscall.callName());
            arguments = syscall.arguments().stream().map(Text::of).toArray(Text[]::new);
        }
    }

    /** A call's beginning or end, as it is named outside ftrace's own text. */
    static final class Half {
        final Call call;
        final boolean enters;
        final Text name;

        Half(Call call, boolean enters) {
            this.call = call;
            this.enters = enters;
            name = Text.of((enters ? "sys_enter_" : "sys_exit_") + call.syscall.callName());
        }
    }
}
