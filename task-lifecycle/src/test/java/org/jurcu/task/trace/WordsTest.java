package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight bytes at a time find what one byte at a time finds, wherever they begin and whatever stands behind the end. */
final class WordsTest {
    private static final int LENGTH = 29;
    private static final int ROUNDS = 2_000;

    /** The wanted bytes, their neighbours by value and by one bit, and bytes with the high bit. */
    private static final byte[] ALPHABET = {
        ' ', '!', 0x1f, '/', '0', '1', '9', ':', '\n', 11, 9, 0, (byte) 0xa0, (byte) 0xb0, -1
    };

    private final Random random = new Random(1);

    private byte[] bytes(byte mostly) {
        byte[] buf = new byte[LENGTH + Ascii.BEHIND];
        for (int i = 0; i < buf.length; i++) {
            buf[i] = random.nextInt(4) > 0 ? mostly : ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return buf;
    }

    @ParameterizedTest
    @ValueSource(bytes = {' ', '\n', ':', 'x', (byte) 0xa0})
    void firstAndLastOfAByte(byte wanted) {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] buf = bytes((byte) 'x');
            int end = random.nextInt(LENGTH + 1);
            int from = random.nextInt(end + 1);
            int first = IntStream.range(from, end)
                    .filter(i -> buf[i] == wanted)
                    .findFirst()
                    .orElse(end);
            int last = IntStream.range(from, end)
                    .filter(i -> buf[i] == wanted)
                    .max()
                    .orElse(-1);

            assertEquals(first, Ascii.first(wanted, buf, from, end));
            assertEquals(last, Ascii.last(wanted, buf, from, end));
        }
    }

    @Test
    void whereSpacesEnd() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] buf = bytes((byte) ' ');
            int end = random.nextInt(LENGTH + 1);
            int from = random.nextInt(end + 1);
            int behind = IntStream.range(from, end)
                    .filter(i -> buf[i] != ' ')
                    .findFirst()
                    .orElse(end);

            assertEquals(behind, Ascii.behindSpaces(buf, from, end));
        }
    }

    @Test
    void whereDigitsEnd() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] buf = bytes((byte) ('0' + round % 10));
            int end = random.nextInt(LENGTH + 1);
            int from = random.nextInt(end + 1);
            int behind = IntStream.range(from, end)
                    .filter(i -> buf[i] < '0' || buf[i] > '9')
                    .findFirst()
                    .orElse(end);

            assertEquals(behind, Ascii.behindDigits(buf, from, end));
        }
    }

    @Test
    void numbersOfAllLengths() {
        for (int round = 0; round < ROUNDS; round++) {
            int digits = 1 + round % 18;
            String number =
                    random.ints(digits, 0, 10).mapToObj(Integer::toString).reduce("", String::concat);
            byte[] buf = (" " + number + "9" + " ".repeat(Ascii.BEHIND)).getBytes(StandardCharsets.US_ASCII);

            assertEquals(Long.parseLong(number), Ascii.number(buf, 1, 1 + digits), number);
        }
    }

    @Test
    void numbersWithoutDigitsAndWithTooMany() {
        byte[] buf = "0000000123456789012345678999999999".getBytes(StandardCharsets.US_ASCII);

        assertEquals(0, Ascii.number(buf, 7, 7));
        assertEquals(123456789012345678L, Ascii.number(buf, 0, 25));
        assertEquals(Long.MAX_VALUE, Ascii.number(buf, 0, 26));
    }

    @Test
    void hexadecimalDigits() {
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            assertEquals(b < 0 ? -1 : Character.digit(b, 16), Ascii.hexDigit((byte) b));
        }
    }

    static IntStream lengths() {
        return IntStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void textsOfAllLengths(int length) {
        String wanted =
                random.ints(length, 'a', 'e').mapToObj(Character::toString).reduce("", String::concat);
        Text text = Text.of(wanted);
        for (int round = 0; round < ROUNDS / 4; round++) {
            StringBuilder found = new StringBuilder();
            while (found.length() < 3 * length) {
                StringBuilder next = new StringBuilder(wanted);
                if (random.nextInt(3) > 0) {
                    next.setCharAt(random.nextInt(length), 'a'); // often a text that differs in one place
                }
                found.append(next, 0, random.nextInt(3) > 0 ? length : random.nextInt(length));
            }
            byte[] buf = (found + wanted + " ".repeat(Ascii.BEHIND)).getBytes(StandardCharsets.US_ASCII);
            int end = random.nextInt(found.length() + 1);
            int from = random.nextInt(end + 1);
            String window = found.substring(0, end);

            assertEquals(window.startsWith(wanted, from), text.isAt(buf, from, end), () -> wanted + " in " + window);
            assertEquals(window.indexOf(wanted, from), text.firstIn(buf, from, end), () -> wanted + " in " + window);
            int last = window.lastIndexOf(wanted);
            assertEquals(last < from ? -1 : last, text.lastIn(buf, from, end), () -> wanted + " in " + window);
        }
    }
}
