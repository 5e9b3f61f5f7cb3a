package org.jurcu.rcu;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** What a domain can be told at its creation; the setters behind each flavour's builder. */
final class DomainOptions {
    private static final int MOST_STRIPES = 64;
    private static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(30);
    static final int DEFAULT_HIGH_WATER_MARK = 10_000;
    private static final Duration DEFAULT_HIGH_WATER_AGE = Duration.ofSeconds(1);
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);
    private static final long MARKS_TO_THE_LIMIT = 10;

    private final String name;
    private int processors = Runtime.getRuntime().availableProcessors();
    private int stripes = Math.min(MOST_STRIPES, ceilingPowerOfTwo(processors));
    private long idleNanos = DEFAULT_IDLE_TIME.toNanos();
    private long stallNanos = StallTimeout.ofProcess();
    private Consumer<? super ReaderStall> stallHandler = Reports::stall;
    private long firstSequence;
    private BackpressurePolicy backpressure = BackpressurePolicy.EXPEDITE;
    private int highWaterMark = DEFAULT_HIGH_WATER_MARK;
    private long highWaterAgeNanos = DEFAULT_HIGH_WATER_AGE.toNanos();
    private int limit; // 0: not set
    private long patienceNanos = DEFAULT_PATIENCE.toNanos();

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

    void setBackpressure(BackpressurePolicy policy) {
        backpressure = Objects.requireNonNull(policy, "policy");
    }

    void setHighWaterMark(int callbacks) {
        if (callbacks < 1) {
            throw new IllegalArgumentException("The high-water mark must be positive, not " + callbacks + ".");
        }
        highWaterMark = callbacks;
    }

    void setHighWaterAge(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("The high-water age must be positive, not " + age + ".");
        }
        highWaterAgeNanos = TimeLimit.of(age).remaining();
    }

    void setLimit(int callbacks) {
        if (callbacks < 1) {
            throw new IllegalArgumentException("The limit must be positive, not " + callbacks + ".");
        }
        limit = callbacks;
    }

    void setPatience(Duration time) {
        patienceNanos = time.toNanos();
    }

    /** Checks what cannot be checked before all is known. */
    void check() {
        if (limit != 0 && limit < highWaterMark) {
            throw new IllegalArgumentException("The limit of " + limit + " callbacks is below the high-water mark of "
                    + highWaterMark + ": set highWaterMark() to at most the limit.");
        }
    }

    void setStallTimeout(Duration time) {
        stallNanos = StallTimeout.check(time);
    }

    /** Without a check, for tests. */
    void setStallNanos(long nanos) {
        stallNanos = nanos;
    }

    void setStallHandler(Consumer<? super ReaderStall> handler) {
        stallHandler = Objects.requireNonNull(handler, "handler");
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

    BackpressurePolicy backpressure() {
        return backpressure;
    }

    long highWaterMark() {
        return highWaterMark;
    }

    long highWaterAgeNanos() {
        return highWaterAgeNanos;
    }

    /** Returns the limit that was set, or else a multiple of the high-water mark. */
    long limit() {
        return limit == 0 ? MARKS_TO_THE_LIMIT * highWaterMark : limit;
    }

    long patienceNanos() {
        return patienceNanos;
    }

    long stallNanos() {
        return stallNanos;
    }

    Consumer<? super ReaderStall> stallHandler() {
        return stallHandler;
    }

    long firstSequence() {
        return firstSequence;
    }
}
