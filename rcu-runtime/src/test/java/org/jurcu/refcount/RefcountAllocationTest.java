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
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;

/** Zero bytes for each operation that does not warn. */
class RefcountAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PAIRS = 20_000;

    record Pair(String name, Runnable body) {
        static Pair of(String name, Consumer<Refcount> body) {
            Refcount refs = new Refcount(1);
            return new Pair(name, () -> {
                body.accept(refs);
                assertEquals(1, refs.read());
            });
        }

        static Pair legacy(String name, Consumer<LegacyRefcount> body) {
            LegacyRefcount refs = new LegacyRefcount(1);
            return new Pair("legacy " + name, () -> {
                body.accept(refs);
                assertEquals(1, refs.read());
            });
        }

        static Pair rcuref(String name, Consumer<Rcuref> body) {
            Rcuref refs = new Rcuref(1);
            return new Pair("rcuref " + name, () -> {
                body.accept(refs);
                assertEquals(1, refs.read());
            });
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                Pair.of("inc, decAndTest", r -> {
                    r.inc();
                    assertTrue(!r.decAndTest());
                }),
                Pair.of("incNotZero, decAndTest", r -> assertTrue(r.incNotZero() && !r.decAndTest())),
                Pair.of("incNotZeroAcquire, decAndTest", r -> assertTrue(r.incNotZeroAcquire() && !r.decAndTest())),
                Pair.of("incNotZeroLimitedAcquire, dec", r -> {
                    assertTrue(r.incNotZeroLimitedAcquire(100));
                    r.dec();
                }),
                Pair.of("add, subAndTest", r -> {
                    r.add(3);
                    assertTrue(!r.subAndTest(3));
                }),
                Pair.of("addNotZero, decNotOne", r -> assertTrue(r.addNotZero(1) && r.decNotOne())),
                Pair.of("decIfOne, setRelease", r -> {
                    assertTrue(r.decIfOne());
                    r.setRelease(1);
                }),
                Pair.legacy("inc, decAndTest", r -> {
                    r.inc();
                    assertTrue(!r.decAndTest());
                }),
                Pair.legacy("addNotZero, subAndTest", r -> assertTrue(r.addNotZero(3) && !r.subAndTest(3))),
                Pair.legacy("incNotZero, decNotOne", r -> assertTrue(r.incNotZero() && r.decNotOne())),
                Pair.legacy("decIfOne, set", r -> {
                    assertTrue(r.decIfOne());
                    r.set(1);
                }),
                Pair.rcuref("get, putRcusafe", r -> assertTrue(r.get() && !r.putRcusafe())),
                Pair.rcuref("last put, refused get, init", r -> {
                    assertTrue(r.putRcusafe() && !r.get());
                    r.init(1);
                }));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void allocatesNothing(Pair pair) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) { // the first rounds link the var handles
            least = Math.min(least, allocatedBy(() -> repeat(pair.body())));
        }
        assertEquals(0, least, "bytes for " + PAIRS + " pairs");
    }

    @Test
    void aPutInASectionOfItsOwnAllocatesNothing() {
        Rcuref refs = new Rcuref(1);
        try (Rcu rcu = Rcu.create("allocation");
                RcuReader reader = rcu.register()) {
            Runnable pair = () -> assertTrue(refs.get() && !refs.put(reader));
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10 && least > 0; round++) {
                least = Math.min(least, allocatedBy(() -> repeat(pair)));
            }
            assertEquals(0, least, "bytes for " + PAIRS + " pairs");
        }
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

    private static void repeat(Runnable body) {
        for (int i = 0; i < PAIRS; i++) {
            body.run();
        }
    }

    private static long allocatedBy(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
