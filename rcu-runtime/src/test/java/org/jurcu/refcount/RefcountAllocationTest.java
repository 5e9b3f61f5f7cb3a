package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Zero bytes for each operation that does not warn. */
class RefcountAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PAIRS = 20_000;

    record Pair(String name, Consumer<Refcount> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("inc, decAndTest", r -> {
                    r.inc();
                    assertTrue(!r.decAndTest());
                }),
                new Pair("incNotZero, decAndTest", r -> assertTrue(r.incNotZero() && !r.decAndTest())),
                new Pair("incNotZeroAcquire, decAndTest", r -> assertTrue(r.incNotZeroAcquire() && !r.decAndTest())),
                new Pair("incNotZeroLimitedAcquire, dec", r -> {
                    assertTrue(r.incNotZeroLimitedAcquire(100));
                    r.dec();
                }),
                new Pair("add, subAndTest", r -> {
                    r.add(3);
                    assertTrue(!r.subAndTest(3));
                }),
                new Pair("addNotZero, decNotOne", r -> assertTrue(r.addNotZero(1) && r.decNotOne())),
                new Pair("decIfOne, setRelease", r -> {
                    assertTrue(r.decIfOne());
                    r.setRelease(1);
                }));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void allocatesNothing(Pair pair) {
        Refcount refs = new Refcount(1);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) { // the first rounds link the var handles
            least = Math.min(least, allocatedBy(() -> repeat(pair.body(), refs)));
        }
        assertEquals(0, least, "bytes for " + PAIRS + " pairs");
        assertEquals(1, refs.read());
    }

    @Test
    void theMeasureSeesAllocation() {
        Object[] kept = new Object[PAIRS];
        long bytes = allocatedBy(() -> {
            for (int i = 0; i < PAIRS; i++) {
                kept[i] = new Refcount(1);
            }
        });
        assertTrue(bytes >= PAIRS * 8L, () -> "saw only " + bytes + " bytes");
    }

    private static void repeat(Consumer<Refcount> body, Refcount refs) {
        for (int i = 0; i < PAIRS; i++) {
            body.accept(refs);
        }
    }

    private static long allocatedBy(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
