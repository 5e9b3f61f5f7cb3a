package org.jurcu.stress.campaign.bench;

import static org.jurcu.stress.campaign.bench.Counterpart.Aim.ADDED_MORE;
import static org.jurcu.stress.campaign.bench.Counterpart.Aim.ADDED_TO_WHOLE;
import static org.jurcu.stress.campaign.bench.Counterpart.Aim.NONE;
import static org.jurcu.stress.campaign.bench.Counterpart.Aim.RATIO;

import java.util.List;
import org.jurcu.stress.campaign.bench.Counterpart.Aim;
import org.jurcu.stress.campaign.bench.Target.Figure;

/**
 * Which figure of liburcu answers which of ours. A flavour of liburcu that leaves the fence to the updater stands beside the
 * strategy {@code membarrier}, one whose readers fence beside {@code full}.
 */
final class Counterparts {
    private static final String MEMBARRIER = "membarrier";
    private static final String FULL = "full";
    private static final String READ = "ReadSideBenchmark.";
    private static final String TWO = "ScalingThreadsBenchmark.";

    /** In the order in which they are printed. */
    static final List<Counterpart> ALL = List.of(
            read("RcuReader section", MEMBARRIER, "rcuReader", "memb", "readSection", ADDED_TO_WHOLE, 1),
            read("RcuReader section", FULL, "rcuReader", "mb", "readSection", NONE, 0),
            read("implicit section", MEMBARRIER, "rcuReadLock", "bp", "readSection", NONE, 0),
            read("QsbrReader section", null, "qsbrReader", "qsbr", "readSection", ADDED_MORE, 0.1),
            read("the same and a quiescent state", null, "qsbrQuiescentState", "qsbr", "readQuiescentState", NONE, 0),
            two("RcuReader section, 2 threads", MEMBARRIER, "rcuReader", "memb"),
            two("RcuReader section, 2 threads", FULL, "rcuReader", "mb"),
            period("synchronize, no reader", MEMBARRIER, "idle", "memb", "synchronizeIdle", NONE, 0),
            period("synchronize, no reader", FULL, "idle", "mb", "synchronizeIdle", NONE, 0),
            period(
                    "synchronize, one reader",
                    MEMBARRIER,
                    "oneReader:synchronizes",
                    "memb",
                    "synchronizeOneReader",
                    RATIO,
                    1.2),
            period("synchronize, one reader", FULL, "oneReader:synchronizes", "mb", "synchronizeOneReader", NONE, 0),
            call("call to invoke", "callToInvoke", "callToInvokeManyHeads", RATIO, 1 / 1.5),
            call("call to invoke, 4096 heads", "callToInvoke", "callToInvoke", NONE, 0),
            call("one call to its invoke", "oneCallToInvoke", "oneCallToInvoke", NONE, 0),
            count("Refcount.inc, decAndTest", "RefcountBenchmark.incDecAndTest", 1, "getPut"),
            count("incNotZero, decAndTest", "RefcountBenchmark.incNotZeroDecAndTest", 1, "getUnlessZeroPut"),
            count("Refcount.inc, decAndTest, 2 threads", "RefcountScalingBenchmark.incDecAndTest", 2, "getPut"),
            count(
                    "incNotZero, decAndTest, 2 threads",
                    "RefcountScalingBenchmark.incNotZeroDecAndTest",
                    2,
                    "getUnlessZeroPut"));

    private Counterparts() {}

    private static Counterpart read(
            String what, String fence, String method, String flavour, String theirs, Aim aim, double limit) {
        return new Counterpart(
                what,
                fence,
                Figure.of(READ + method),
                Figure.of(READ + "floorVolatileRead"),
                LiburcuLine.group(flavour, 1),
                theirs,
                "floorReadSection",
                aim,
                limit);
    }

    private static Counterpart two(String what, String fence, String method, String flavour) {
        return new Counterpart(
                what,
                fence,
                Figure.of(TWO + method),
                Figure.of(TWO + "floorVolatileRead"),
                LiburcuLine.group(flavour, 2),
                "readSection",
                "floorReadSection",
                NONE,
                0);
    }

    private static Counterpart period(
            String what, String fence, String method, String flavour, String theirs, Aim aim, double limit) {
        return new Counterpart(
                what,
                fence,
                Figure.of("SynchronizeBenchmark." + method),
                null,
                LiburcuLine.group(flavour, 1),
                theirs,
                null,
                aim,
                limit);
    }

    private static Counterpart call(String what, String method, String theirs, Aim aim, double limit) {
        return new Counterpart(
                what,
                MEMBARRIER,
                new Figure("CallBenchmark." + method, "flavour=rcu"),
                null,
                LiburcuLine.group("memb", 1),
                theirs,
                null,
                aim,
                limit);
    }

    private static Counterpart count(String what, String benchmark, int threads, String theirs) {
        String type = benchmark.substring(0, benchmark.indexOf('.') + 1);
        return new Counterpart(
                what,
                null,
                Figure.of(benchmark),
                Figure.of(type + "floorIncDecAndTest"),
                LiburcuLine.group("memb", threads),
                theirs,
                "floorGetPut",
                NONE,
                0);
    }
}
