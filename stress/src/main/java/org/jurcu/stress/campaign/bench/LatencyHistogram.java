package org.jurcu.stress.campaign.bench;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jurcu.stress.campaign.model.Percentiles;

/** The latencies of one scenario over all JVMs that measured it, as {@code LatencyMain} prints them. */
final class LatencyHistogram {
    private static final Pattern LINE = Pattern.compile("histogram ([1-9]\\d{0,12}) ([\\w+/]+=*)");
    private static final int DIGITS = 3;
    /** A percentile is known if as many values lie beyond it. */
    private static final int BEYOND = 10;

    private final Histogram all = new Histogram(DIGITS);
    private long interval;

    /** Adds what a line of output says; returns whether it says anything. */
    boolean add(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        Optional<Histogram> histogram = decoded(matcher.group(2));
        histogram.ifPresent(all::add);
        interval = Long.parseLong(matcher.group(1));
        return histogram.isPresent();
    }

    private static Optional<Histogram> decoded(String text) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            return Optional.of(Histogram.decodeFromCompressedByteBuffer(buffer, 0));
        } catch (DataFormatException | RuntimeException e) {
            return Optional.empty(); // torn, whatever the decoder made of it
        }
    }

    /** Returns how many values there are. */
    long values() {
        return all.getTotalCount();
    }

    /** Returns the mean. */
    double mean() {
        return all.getMean();
    }

    /** Returns half of them. */
    double median() {
        return all.getValueAtPercentile(50);
    }

    /** Returns the percentiles that so many values tell. */
    Percentiles percentiles() {
        return new Percentiles(values(), interval, known(50), known(90), known(99), known(99.9), all.getMaxValue());
    }

    private Double known(double percentile) {
        boolean known = values() * (1 - percentile / 100) >= BEYOND - 1e-6;
        return known ? (Double) (double) all.getValueAtPercentile(percentile) : null;
    }
}
