package org.jurcu.rcu;

import java.time.Duration;
import java.util.Objects;

/** What a domain can be told at its creation; the setters behind each flavour's builder. */
final class DomainOptions {
    private static final int MOST_STRIPES = 64;
    private static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(30);

    private final String name;
    private int processors = Runtime.getRuntime().availableProcessors();
    private int stripes = Math.min(MOST_STRIPES, ceilingPowerOfTwo(processors));
    private long idleNanos = DEFAULT_IDLE_TIME.toNanos();
    private long firstSequence;

    DomainOptions(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("A domain needs a name: it is what reports and threads are called by.");
        }
        this.name = name;
    }

    static int ceilingPowerOfTwo(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    void setStripes(int count) {
        if (count < 1 || count > MOST_STRIPES) {
            throw new IllegalArgumentException(
                    "The number of callback queues must be between 1 and " + MOST_STRIPES + ", not " + count + ".");
        }
        stripes = ceilingPowerOfTwo(count);
    }

    void setIdleTime(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("The idle time must be positive, not " + time + ".");
        }
        idleNanos = TimeLimit.of(time).remaining();
    }

    void setFirstSequence(long sequence) {
        firstSequence = sequence;
    }

    void setProcessors(int count) {
        processors = count;
    }

    String name() {
        return name;
    }

    int processors() {
        return processors;
    }

    int stripes() {
        return stripes;
    }

    long idleNanos() {
        return idleNanos;
    }

    long firstSequence() {
        return firstSequence;
    }
}
