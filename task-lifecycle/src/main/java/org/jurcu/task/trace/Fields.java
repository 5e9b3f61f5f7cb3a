package org.jurcu.task.trace;

/**
 * Reads the fields of one event from left to right. Names and file names may contain anything, the text of the next field
 * included, so their end is found by what must follow: the last occurrence of the field behind them, or the first that is
 * followed by a number and one more field, which together are longer than a command name.
 */
final class Fields {
    private final Line line;
    private final StringCache strings;
    private int name;
    private int nameEnd;
    private int p;

    /** Whether the last hexadecimal number had more than 64 bits. */
    private boolean hexOverflow;

    Fields(Line line, StringCache strings) {
        this.line = line;
        this.strings = strings;
    }

    /** Begins behind an event's name, which stands at {@code from} and is for messages. */
    void begin(int from, int behind) {
        name = from;
        nameEnd = behind;
        p = behind;
    }

    int position() {
        return p;
    }

    void position(int at) {
        p = at;
    }

    TraceFormatException fail(String problem) {
        return line.fail(strings.get(line.buf, name, nameEnd) + ": " + problem);
    }

    /** Fails at the cursor. */
    TraceFormatException expected(String what) {
        return fail("expected " + what + " but found " + line.quote(p, line.end));
    }

    /** Steps over the field's key. */
    void expect(Field field) throws TraceFormatException {
        if (!stands(field.key())) {
            throw missing(field);
        }
        p += field.key().length();
    }

    boolean has(Field field) {
        return stands(field.key());
    }

    /** Returns whether that text stands at the cursor. */
    boolean stands(Text text) {
        return text.isAt(line.buf, p, line.end);
    }

    /** Returns the text from the cursor up to the last place where {@code next} begins. */
    String textBeforeLast(Field next) throws TraceFormatException {
        int to = next.key().lastIn(line.buf, p, line.end);
        if (to < 0) {
            throw missing(next);
        }
        return textTo(to);
    }

    /** Returns the text from the cursor up to the first place where {@code next}, a number and {@code then} begin. */
    String textBeforePair(Field next, Field then) throws TraceFormatException {
        int first = next.key().firstIn(line.buf, p, line.end);
        if (first < 0) {
            throw missing(next);
        }
        for (int at = first; at >= 0; at = next.key().firstIn(line.buf, at + 1, line.end)) {
            int number = at + next.key().length();
            int behind = Ascii.behindDigits(line.buf, number, line.end);
            if (behind > number && then.key().isAt(line.buf, behind, line.end)) {
                return textTo(at);
            }
        }
        // nothing has the form: what follows the first place says why
        return textTo(first);
    }

    /** Steps over that word if it stands here and ends at a space or at the line's end. */
    boolean wordIs(Text text) {
        int behind = p + text.length();
        if (!stands(text) || (behind < line.end && line.buf[behind] != ' ')) {
            return false;
        }
        p = behind;
        return true;
    }

    /** Returns the text up to the next space or the end. */
    String word() {
        return textTo(Ascii.first((byte) ' ', line.buf, p, line.end));
    }

    private String textTo(int to) {
        String text = strings.get(line.buf, p, to);
        p = to;
        return text;
    }

    int pid(Field field) throws TraceFormatException {
        return decimal(field, 0, TraceLimits.MAX_PID);
    }

    /**
     * Steps over the field's key and a decimal number that ends at a space or at the line's end. What follows an event's
     * last field behind a space is a field of a later kernel and is not read.
     */
    int decimal(Field field, int min, int max) throws TraceFormatException {
        expect(field);
        int from = p;
        boolean negative = p < line.end && line.buf[p] == '-';
        if (negative) {
            p++;
        }
        int digits = p;
        p = Ascii.behindDigits(line.buf, digits, line.end);
        if (p == digits || !atWordEnd()) {
            throw notANumber(field, from, "a decimal number");
        }
        long n = Ascii.number(line.buf, digits, p);
        n = negative ? -n : n;
        if (n < min || n > max) {
            throw outOfRange(field, from, min + " to " + max);
        }
        return (int) n;
    }

    /** Steps over the field's key and a hexadecimal number of at most 64 bits, with or without 0x. */
    long hex(Field field) throws TraceFormatException {
        expect(field);
        int from = p;
        long n = hexDigits();
        if (!atWordEnd() || p == from) {
            throw notANumber(field, from, "a hexadecimal number");
        }
        if (hexOverflow) {
            throw outOfRange(field, from, "at most 64 bits");
        }
        return n;
    }

    /** Reads digits behind an optional 0x; the cursor does not move if there is none. */
    long hexDigits() {
        int from = p;
        byte[] buf = line.buf;
        if (p + 1 < line.end && buf[p] == '0' && buf[p + 1] == 'x') {
            p += 2;
        }
        int digits = p;
        long n = 0;
        hexOverflow = false;
        for (; p < line.end; p++) {
            int digit = Ascii.hexDigit(buf[p]);
            if (digit < 0) {
                break;
            }
            hexOverflow |= (n >>> 60) != 0;
            n = (n << 4) | digit;
        }
        if (p == digits) {
            p = from;
        }
        return n;
    }

    boolean hexOverflow() {
        return hexOverflow;
    }

    boolean atWordEnd() {
        return p == line.end || line.buf[p] == ' ';
    }

    private TraceFormatException missing(Field field) {
        return expected("'" + field.label() + "'");
    }

    private TraceFormatException notANumber(Field field, int from, String what) {
        return fail("expected " + what + " for " + field.name() + " but found " + quoteWord(from));
    }

    private TraceFormatException outOfRange(Field field, int from, String range) {
        return fail(field.name() + " is out of range: expected " + range + " but found " + quoteWord(from));
    }

    String quoteWord(int from) {
        int to = from;
        while (to < line.end && line.buf[to] != ' ') {
            to++;
        }
        // where no word is, what stands there instead
        return line.quote(from, Math.max(to, Math.min(from + 1, line.end)));
    }
}
