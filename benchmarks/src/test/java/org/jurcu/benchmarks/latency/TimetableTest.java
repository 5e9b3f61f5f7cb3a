package org.jurcu.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** On a clock that moves by one nanosecond each time that it is read, and by what an operation takes. */
class TimetableTest {
    private final AtomicLong now = new AtomicLong();
    private final Latencies latencies = new Latencies(now::incrementAndGet);
    private final Timetable timetable = new Timetable(now::incrementAndGet, 100);

    @Test
    void operationsBeginWhenTheyAreDue() {
        List<Long> due = new ArrayList<>();
        long late = timetable.run(
                at -> {
                    due.add(at);
                    assertTrue(now.get() >= at && now.get() < at + 5, "due at " + at + ", begun at " + now);
                },
                300);
        assertEquals(List.of(101L, 201L, 301L), due);
        assertTrue(late >= 0 && late < 5, "late by " + late);
    }

    @Test
    void whatIsKeptWaitingByASlowOneCountsItsWaiting() {
        timetable.run(
                due -> {
                    now.addAndGet(due == 101 ? 1_000 : 10); // the first hangs
                    latencies.ended(due);
                },
                2_000);
        Histogram all = latencies.all();
        assertEquals(20, all.getTotalCount(), "each that was due was begun");
        // Late by 900, 810, 720, ... each gains 90 on the timetable, so ten of them were kept waiting.
        assertEquals(11, all.getCountBetweenValues(100, 2_000));
        assertTrue(all.getMaxValue() >= 1_000 && all.getValueAtPercentile(95) >= 900, all::toString);
    }

    @Test
    void operationsThatAllTakeTooLongEndTheRunEarly() {
        long late = timetable.run(due -> now.addAndGet(10_000), 1_000);
        assertTrue(late > 3_000 && now.get() < 30_000, "late by " + late + " at " + now);
    }

    private long rushed(long costs, long nanos, long least, long most) {
        AtomicLong begun = new AtomicLong();
        timetable.rush(
                due -> {
                    now.addAndGet(costs);
                    begun.incrementAndGet();
                },
                nanos,
                least,
                most);
        return begun.get();
    }

    @Test
    void aWarmUpRushesAndTakesLongerWhereOperationsAreSlow() {
        assertEquals(100, rushed(9, 1_000, 10, 10_000), "those of the time");
        assertEquals(10, rushed(499, 1_000, 10, 10_000), "as many as there are to be at least");
        assertEquals(20, rushed(499, 1_000, 1_000, 10_000), "those of the longest time");
    }

    @Test
    void whatWasClearedIsForgotten() {
        latencies.ended(0);
        latencies.clear();
        latencies.ended(now.get());
        latencies.ended(Long.MIN_VALUE / 2); // longer than anything is counted as the longest
        Histogram all = latencies.all();
        assertEquals(2, all.getTotalCount());
        assertTrue(all.getMinValue() <= 1 && all.getMaxValue() >= 60_000_000_000L, all::toString);
    }
}
