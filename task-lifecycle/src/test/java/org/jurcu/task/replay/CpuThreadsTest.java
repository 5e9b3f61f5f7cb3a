package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.jurcu.task.trace.TraceEvent;

/** What fails on a CPU's thread reaches whoever gave it the turn. */
class CpuThreadsTest {
    private static List<TraceEvent> broken(Supplier<TraceEvent> first) {
        return new AbstractList<>() {
            @Override
            public TraceEvent get(int index) {
                return first.get();
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    @Test
    void aFailureEndsTheTurnOfTheCaller() {
        IllegalStateException failure = new IllegalStateException("a failure");
        AssertionError error = new AssertionError("an error");
        try (CpuThreads cpus = new CpuThreads(null)) {
            assertSame(
                    failure,
                    assertThrows(
                            IllegalStateException.class,
                            () -> cpus.play(0, broken(() -> {
                                throw failure;
                            }))));
            assertSame(
                    error,
                    assertThrows(
                            AssertionError.class,
                            () -> cpus.play(1, broken(() -> {
                                throw error;
                            }))));
        }
    }
}
