package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.stress.campaign.model.Percentiles;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    /** A line as the program prints it, of the values from one number to another. */
    static String line(int from, int to) {
        Histogram values = new Histogram(60_000_000_000L, 3);
        for (int value = from; value <= to; value++) {
            values.recordValue(value);
        }
        ByteBuffer buffer = ByteBuffer.allocate(values.getNeededByteBufferCapacity());
        int length = values.encodeIntoCompressedByteBuffer(buffer);
        return "histogram 100000 " + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    @Test
    void severalJvmsAreAddedUp() {
        assertTrue(histogram.add(line(1, 600)));
        assertTrue(histogram.add(line(601, 1000)));
        Percentiles p = histogram.percentiles();
        assertEquals(1000, p.values());
        assertEquals(100_000, p.interval());
        assertEquals(500, histogram.median());
        assertEquals(500.5, histogram.mean(), 0.01);
        assertEquals(500, p.p50());
        assertEquals(900, p.p90());
        assertEquals(990, p.p99());
        assertEquals(1000, p.max());
    }

    @Test
    void aPercentileWithFewValuesBeyondItIsNotKnown() {
        histogram.add(line(1, 1000));
        assertNotNull(histogram.percentiles().p99(), "ten lie beyond it");
        assertNull(histogram.percentiles().p999(), "one lies beyond it");
        LatencyHistogram small = new LatencyHistogram();
        small.add(line(1, 19));
        assertNull(small.percentiles().p50());
        assertEquals(19, small.percentiles().max());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "late", "histogram", "histogram 0 AAAA", "histogram 100000 AAAA", "histogram 1 ====", "x"})
    void anythingElseIsNoHistogram(String line) {
        assertFalse(histogram.add(line));
        assertEquals(0, histogram.values());
    }

    @Test
    void aTornLineIsNoHistogram() {
        String whole = line(1, 1000);
        assertFalse(histogram.add(whole.substring(0, whole.length() / 2)));
        assertEquals(0, histogram.values());
    }
}
