package org.jurcu.task.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A recording's bytes, looked at eight at a time. Arrays that come here go on for {@link #BEHIND} bytes behind the end that
 * is named, whatever these hold, so that a word can be read at every place before it.
 */
final class Ascii {
    /** How far a word may reach behind the end. */
    static final int BEHIND = Long.BYTES;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ZEROES = '0' * LOW_BITS;
    private static final int MOST_DIGITS = 18;

    /** Added to a digit's value it leaves the high bit alone, and sets it for what is more. */
    private static final long BEYOND_NINE = (0x80 - 10) * LOW_BITS;

    private static final byte[] HEX = hexDigits();

    private Ascii() {}

    /** Returns the eight bytes from there on, the first the lowest. */
    static long wordAt(byte[] buf, int at) {
        return (long) WORDS.get(buf, at);
    }

    /** Returns a mask of a word's first bytes, so many of them. */
    static long mask(int bytes) {
        return bytes >= Long.BYTES ? -1L : bytes <= 0 ? 0 : (1L << (bytes * Byte.SIZE)) - 1;
    }

    /** The high bit of each byte that is not 0. */
    private static long marks(long word) {
        return ((word & ~HIGH_BITS) + ~HIGH_BITS | word) & HIGH_BITS;
    }

    /** Returns where that byte first stands at {@code from} or later, or {@code end}. */
    static int first(byte wanted, byte[] buf, int from, int end) {
        long pattern = (wanted & 0xff) * LOW_BITS;
        for (int i = from; i < end; i += Long.BYTES) {
            long zeroes = wordAt(buf, i) ^ pattern;
            long found = (zeroes - LOW_BITS) & ~zeroes & HIGH_BITS; // its lowest bit is right, others may not be
            if (found != 0) {
                return Math.min(i + (Long.numberOfTrailingZeros(found) >>> 3), end);
            }
        }
        return end;
    }

    /** Returns where that byte last stands at {@code from} or later and before {@code end}, or -1. */
    static int last(byte wanted, byte[] buf, int from, int end) {
        long pattern = (wanted & 0xff) * LOW_BITS;
        int i = end;
        while (i - from >= Long.BYTES) {
            i -= Long.BYTES;
            long found = ~marks(wordAt(buf, i) ^ pattern) & HIGH_BITS;
            if (found != 0) {
                return i + 7 - (Long.numberOfLeadingZeros(found) >>> 3);
            }
        }
        while (--i >= from) {
            if (buf[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Returns where something else than a space first stands at {@code from} or later, or {@code end}. */
    static int behindSpaces(byte[] buf, int from, int end) {
        for (int i = from; i < end; i += Long.BYTES) {
            long others = marks(wordAt(buf, i) ^ (' ' * LOW_BITS));
            if (others != 0) {
                return Math.min(i + (Long.numberOfTrailingZeros(others) >>> 3), end);
            }
        }
        return end;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Returns where the digits end that begin at {@code from}. */
    static int behindDigits(byte[] buf, int from, int end) {
        for (int i = from; i < end; i += Long.BYTES) {
            long others = notDigits(wordAt(buf, i) ^ ZEROES);
            if (others != 0) {
                return Math.min(i + (Long.numberOfTrailingZeros(others) >>> 3), end);
            }
        }
        return end;
    }

    private static long notDigits(long values) {
        return ((values & ~HIGH_BITS) + BEYOND_NINE | values) & HIGH_BITS;
    }

    /** Returns the number whose digits stand there, {@link Long#MAX_VALUE} if they are more than 18, 0 if there is none. */
    static long number(byte[] buf, int from, int to) {
        int digits = to - from;
        if (digits <= Long.BYTES) {
            return digits == 0 ? 0 : eightDigits((wordAt(buf, from) ^ ZEROES) << ((Long.BYTES - digits) * Byte.SIZE));
        }
        int first = from;
        while (first < to && buf[first] == '0') {
            first++;
        }
        if (to - first > MOST_DIGITS) {
            return Long.MAX_VALUE;
        }
        long n = 0;
        for (int i = first; i < to; i++) {
            n = n * 10 + buf[i] - '0';
        }
        return n;
    }

    /** The number of eight digits, whose values are the word's bytes: pairs of digits, then of pairs, then of fours. */
    private static long eightDigits(long values) {
        long pairs = (values * 10 + (values >>> 8)) & 0x00ff_00ff_00ff_00ffL;
        long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000_ffff_0000_ffffL;
        return (fours * 10_000 + (fours >>> 32)) & 0xffff_ffffL;
    }

    /** Returns the value of a hexadecimal digit, or -1. */
    static int hexDigit(byte b) {
        return b < 0 ? -1 : HEX[b];
    }

    private static byte[] hexDigits() {
        byte[] values = new byte[Byte.MAX_VALUE + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Character.digit(i, 16);
        }
        return values;
    }
}
