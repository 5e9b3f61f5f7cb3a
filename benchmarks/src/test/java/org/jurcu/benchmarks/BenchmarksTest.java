package org.jurcu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks run, and each class has something to be compared with. No time is asserted here. */
class BenchmarksTest {
    private static Map<String, SortedSet<String>> methodsByClass() {
        Map<String, SortedSet<String>> methods = new TreeMap<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            String name = entry.getUsername();
            int dot = name.lastIndexOf('.');
            methods.computeIfAbsent(name.substring(0, dot), c -> new TreeSet<>())
                    .add(name.substring(dot + 1));
        }
        return methods;
    }

    @Test
    void everyClassMeasuresSomethingAgainstAFloor() {
        Map<String, SortedSet<String>> methods = methodsByClass();
        assertFalse(methods.isEmpty(), "no benchmark was found: did the JMH annotation processor run?");
        methods.forEach((type, names) -> {
            assertTrue(names.stream().anyMatch(BenchmarksTest::isFloor), type + " has no floor among " + names);
            assertTrue(names.stream().anyMatch(n -> !isFloor(n)), type + " has nothing but floors: " + names);
        });
    }

    private static boolean isFloor(String method) {
        return method.startsWith("floor");
    }

    @TestFactory
    Collection<DynamicTest> everyBenchmarkRuns() {
        return methodsByClass().entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(method -> e.getKey() + "." + method))
                .map(name -> DynamicTest.dynamicTest(name, () -> runsOnce(name)))
                .toList();
    }

    /** One iteration in this VM, without a fork: proves that it starts, ends and throws nothing. */
    private static void runsOnce(String name) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("^\\Q" + name + "\\E$")
                .mode(Mode.AverageTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .timeout(TimeValue.seconds(20))
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = runUnlessSkipped(options);
        assertFalse(results.isEmpty(), name + " gave no result of its own");
        for (RunResult result : results) {
            double score = result.getPrimaryResult().getScore();
            assertTrue(score > 0 && score < 1e10, name + " claims " + score + " ns an operation");
        }
    }

    private static Collection<RunResult> runUnlessSkipped(Options options) throws RunnerException {
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            SkippedException skipped = skippedIn(e);
            if (skipped == null) {
                throw e;
            }
            return Assumptions.abort(skipped.getMessage());
        }
    }

    /** JMH wraps what a set-up throws, and hides it among the suppressed exceptions. */
    private static SkippedException skippedIn(Throwable e) {
        if (e == null || e instanceof SkippedException) {
            return (SkippedException) e;
        }
        for (Throwable suppressed : e.getSuppressed()) {
            SkippedException skipped = skippedIn(suppressed);
            if (skipped != null) {
                return skipped;
            }
        }
        return skippedIn(e.getCause());
    }
}
