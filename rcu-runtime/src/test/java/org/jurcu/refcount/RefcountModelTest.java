package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.refcount.ConformanceRow.Answer;

/** Random walks of the counter beside {@link RefcountModel}. {@code -Djurcu.test.seed=N} repeats the one that failed. */
@ResourceLock(RecordedWarnings.LOCK)
class RefcountModelTest {
    private static final int WALKS = 2000;
    private static final int STEPS = 200;

    /** Where something changes, and what random numbers never hit. */
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        -1,
        -2,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Refcount.SATURATED,
        Refcount.SATURATED + 1,
        Refcount.SATURATED - 1,
        0x4000_0000,
        0x3fff_ffff
    };

    @RepeatedTest(4)
    void walksAsTheModelDoes() {
        long seed = Long.getLong("jurcu.test.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<RefcountWarning> met = EnumSet.noneOf(RefcountWarning.class);
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            for (int walk = 0; walk < WALKS; walk++) {
                walk(random, seed, warnings, met);
            }
        }
        assertEquals(
                EnumSet.range(RefcountWarning.ADD_NOT_ZERO_OVF, RefcountWarning.DEC_LEAK),
                met,
                "a walk that meets no misuse proves little; seed " + seed);
    }

    private static void walk(Random random, long seed, RecordedWarnings warnings, Set<RefcountWarning> met) {
        int start = number(random);
        Refcount refs = new Refcount(start);
        RefcountModel model = new RefcountModel(start);
        ReentrantLock lock = new ReentrantLock();
        List<String> history = new ArrayList<>();
        history.add("start " + start);
        for (int step = 0; step < STEPS; step++) {
            int i = number(random);
            int limit = number(random);
            Answer real;
            Answer expected;
            switch (random.nextInt(18)) {
                case 0, 1 -> {
                    history.add("set " + i);
                    refs.set(i);
                    real = Answer.NONE;
                    expected = model.set(i);
                }
                case 2 -> {
                    history.add("setRelease " + i);
                    refs.setRelease(i);
                    real = Answer.NONE;
                    expected = model.set(i);
                }
                case 3 -> {
                    history.add("inc");
                    refs.inc();
                    real = Answer.NONE;
                    expected = model.add(1);
                }
                case 4 -> {
                    history.add("add " + i);
                    refs.add(i);
                    real = Answer.NONE;
                    expected = model.add(i);
                }
                case 5 -> {
                    history.add("incNotZero");
                    real = Answer.of(refs.incNotZero());
                    expected = model.addNotZero(1);
                }
                case 6 -> {
                    history.add("addNotZero " + i);
                    real = Answer.of(refs.addNotZero(i));
                    expected = model.addNotZero(i);
                }
                case 7 -> {
                    history.add("incNotZeroAcquire");
                    real = Answer.of(refs.incNotZeroAcquire());
                    expected = model.addNotZeroLimited(1, Integer.MAX_VALUE);
                }
                case 8 -> {
                    history.add("addNotZeroAcquire " + i);
                    real = Answer.of(refs.addNotZeroAcquire(i));
                    expected = model.addNotZeroLimited(i, Integer.MAX_VALUE);
                }
                case 9 -> {
                    history.add("incNotZeroLimitedAcquire " + limit);
                    real = Answer.of(refs.incNotZeroLimitedAcquire(limit));
                    expected = model.addNotZeroLimited(1, limit);
                }
                case 10 -> {
                    history.add("addNotZeroLimitedAcquire " + i + " " + limit);
                    real = Answer.of(refs.addNotZeroLimitedAcquire(i, limit));
                    expected = model.addNotZeroLimited(i, limit);
                }
                case 11 -> {
                    history.add("decAndTest");
                    real = Answer.of(refs.decAndTest());
                    expected = model.subAndTest(1);
                }
                case 12 -> {
                    history.add("subAndTest " + i);
                    real = Answer.of(refs.subAndTest(i));
                    expected = model.subAndTest(i);
                }
                case 13 -> {
                    int all = refs.read();
                    history.add("subAndTest of all, " + all);
                    real = Answer.of(refs.subAndTest(all));
                    expected = model.subAndTest(all);
                }
                case 14 -> {
                    history.add("dec");
                    refs.dec();
                    real = Answer.NONE;
                    expected = model.dec();
                }
                case 15 -> {
                    history.add("decIfOne");
                    real = Answer.of(refs.decIfOne());
                    expected = model.decIfOne();
                }
                case 16 -> {
                    history.add("decNotOne");
                    real = Answer.of(refs.decNotOne());
                    expected = model.decNotOne();
                }
                default -> {
                    history.add("decAndLock");
                    real = Answer.of(refs.decAndLock(lock));
                    expected = model.decAndLock();
                    assertEquals(real == Answer.TRUE, lock.isHeldByCurrentThread(), () -> where(seed, history));
                    if (lock.isHeldByCurrentThread()) {
                        lock.unlock();
                    }
                    assertFalse(lock.isLocked(), () -> where(seed, history));
                }
            }
            assertEquals(expected, real, () -> "answer; " + where(seed, history));
            assertEquals(model.value, refs.read(), () -> "value; " + where(seed, history));
            List<RefcountWarning> kinds = warnings.drainKinds();
            assertEquals(
                    model.warning == null ? List.of() : List.of(model.warning),
                    kinds,
                    () -> "warning; " + where(seed, history));
            met.addAll(kinds);
        }
    }

    private static int number(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextInt(8);
            default -> random.nextInt();
        };
    }

    private static String where(long seed, List<String> history) {
        return "seed " + seed + ", after " + history;
    }
}
