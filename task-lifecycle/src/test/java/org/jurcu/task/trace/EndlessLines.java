package org.jurcu.task.trace;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Repeats a text so many times without allocating. Every row of {@code @} in it is a number that counts the repetitions, so
 * that names and pids change.
 */
final class EndlessLines extends InputStream {
    private final byte[] text;
    private final byte[] current;
    private long left;
    private long counter;
    private int pos;

    EndlessLines(String text, long times) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
        current = this.text.clone();
        left = times;
        pos = current.length;
    }

    @Override
    public int read() {
        if (pos == current.length && !advance()) {
            return -1;
        }
        return current[pos++] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) {
        if (pos == current.length && !advance()) {
            return -1;
        }
        int n = Math.min(len, current.length - pos);
        System.arraycopy(current, pos, b, off, n);
        pos += n;
        return n;
    }

    private boolean advance() {
        if (left == 0) {
            return false;
        }
        left--;
        pos = 0;
        long digits = counter;
        for (int i = text.length - 1; i >= 0; i--) {
            if (text[i] == '@') {
                current[i] = (byte) ('0' + digits % 10);
                digits /= 10;
            } else {
                digits = counter;
            }
        }
        counter++;
        return true;
    }
}
