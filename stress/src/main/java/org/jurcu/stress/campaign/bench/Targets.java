package org.jurcu.stress.campaign.bench;

import static org.jurcu.stress.campaign.bench.Target.Comparison.DIFFERENCE;
import static org.jurcu.stress.campaign.bench.Target.Comparison.NANOSECONDS_EACH;
import static org.jurcu.stress.campaign.bench.Target.Comparison.RATIO;
import static org.jurcu.stress.campaign.bench.Target.Comparison.THROUGHPUT_OF_TWO;
import static org.jurcu.stress.campaign.bench.Target.Comparison.TIMES_FASTER;

import java.util.List;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.bench.Target.Figure;

/** How fast the library means to be. A target is about a ratio or a difference in one run, and travels between machines. */
final class Targets {
    private static final String MEMBARRIER = "membarrier";
    private static final String FULL = "full";
    private static final String ANY = null;

    private static final Figure BARE_READ = Figure.of("ReadSideBenchmark.floorVolatileRead");
    private static final Figure READER = Figure.of("ReadSideBenchmark.rcuReader");
    private static final Figure NO_READERS = new Figure("ScalingReadersBenchmark.synchronize", "readers=0");

    /** In the order in which they are printed. */
    static final List<Target> TIMES = List.of(
            new Target("RcuReader section, membarrier strategy", MEMBARRIER, READER, BARE_READ, DIFFERENCE, 0.7),
            new Target(
                    "Rcu.readLock/Unlock (implicit), membarrier strategy",
                    MEMBARRIER,
                    Figure.of("ReadSideBenchmark.rcuReadLock"),
                    BARE_READ,
                    DIFFERENCE,
                    1.8),
            new Target(
                    "RcuReader section, full strategy",
                    FULL,
                    READER,
                    Figure.of("ReadSideBenchmark.floorFullFence"),
                    RATIO,
                    1.15),
            new Target(
                    "QsbrReader section", ANY, Figure.of("ReadSideBenchmark.qsbrReader"), BARE_READ, DIFFERENCE, 0.1),
            new Target(
                    "Srcu section, two threads",
                    ANY,
                    Figure.of("ScalingThreadsBenchmark.srcuReadLock"),
                    Figure.of("ScalingThreadsBenchmark.floorSrcuReadLock"),
                    RATIO,
                    1.3),
            new Target(
                    "2 reader threads against 1",
                    ANY,
                    Figure.of("ScalingThreadsBenchmark.rcuReader"),
                    READER,
                    THROUGHPUT_OF_TWO,
                    1.9),
            timesFaster("StampedLock's read lock", "peerStampedLockRead", 1, 10),
            timesFaster("an AtomicInteger's count", "peerSharedCount", 1, 10),
            timesFaster("StampedLock's read lock", "peerStampedLockRead", 2, 30),
            timesFaster("an AtomicInteger's count", "peerSharedCount", 2, 30),
            new Target(
                    "synchronize, one active reader thread",
                    MEMBARRIER,
                    Figure.of("SynchronizeBenchmark.oneReader:synchronizes"),
                    Figure.of("SynchronizeBenchmark.floorOneReader:floorSynchronizes"),
                    RATIO,
                    3),
            idleReaders("10,000", 10_000),
            idleReaders("100,000", 100_000),
            new Target(
                    "call to invoke in steady state, one producer",
                    ANY,
                    new Figure("CallBenchmark.callToInvoke", "flavour=rcu"),
                    Figure.of("CallBenchmark.floorCallToInvoke"),
                    RATIO,
                    1.5),
            putOfATask("put_task_struct_rcu_user, not the last", "putNotLast", "layout=TAGGED", 1.1),
            putOfATask("get and put_task_struct_rcu_user", "getAndPut", "layout=TAGGED", 1.1),
            putOfATask("last put_task_struct_rcu_user and its call_rcu", "lastPutBurst", "", 1.5),
            count("Refcount.inc and decAndTest", "RefcountBenchmark.incDecAndTest", "floorIncDecAndTest", 1.1),
            count(
                    "Refcount.incNotZero and decAndTest",
                    "RefcountBenchmark.incNotZeroDecAndTest",
                    "floorIncNotZeroDecAndTest",
                    1.2),
            count(
                    "Rcuref.get and putRcusafe against incNotZero and decAndTest, two threads",
                    "RefcountScalingBenchmark.rcurefGetPutRcusafe",
                    "incNotZeroDecAndTest",
                    1));

    /** What must not allocate in its steady state. */
    static final List<String> WITHOUT_ALLOCATION = List.of(
            "CallBenchmark.callToInvoke",
            "PutTaskStructRcuUserBenchmark.putNotLast",
            "PutTaskStructRcuUserBenchmark.getAndPut",
            "PutTaskStructRcuUserBenchmark.lastPut",
            "PutTaskStructRcuUserBenchmark.lastPutBurst",
            "RefcountBenchmark.incDecAndTest",
            "RefcountBenchmark.incNotZeroDecAndTest",
            "RefcountBenchmark.rcurefGetPut",
            "RefcountBenchmark.rcurefGetPutRcusafe");

    private Targets() {}

    /** Returns all that must be measured to judge each target. */
    static List<Figure> figures() {
        return Stream.concat(
                        TIMES.stream().flatMap(target -> Stream.of(target.measured(), target.beside())),
                        WITHOUT_ALLOCATION.stream().map(Figure::of))
                .distinct()
                .toList();
    }

    /** Peers are measured under the first strategy only, so that must be {@code membarrier}. */
    private static Target timesFaster(String peer, String method, int threads, double times) {
        String type = threads == 1 ? "ReadSideBenchmark." : "ScalingThreadsBenchmark.";
        return new Target(
                "RcuReader section against " + peer + (threads == 1 ? "" : ", two threads"),
                MEMBARRIER,
                Figure.of(type + "rcuReader"),
                Figure.of(type + method),
                TIMES_FASTER,
                times);
    }

    private static Target putOfATask(String text, String method, String parameter, double times) {
        String type = "PutTaskStructRcuUserBenchmark.";
        String floor = type + "floor" + Character.toUpperCase(method.charAt(0)) + method.substring(1);
        return new Target(text, ANY, new Figure(type + method, parameter), Figure.of(floor), RATIO, times);
    }

    private static Target count(String text, String method, String beside, double times) {
        String type = method.substring(0, method.indexOf('.') + 1);
        return new Target(text, ANY, Figure.of(method), Figure.of(type + beside), RATIO, times);
    }

    private static Target idleReaders(String text, int readers) {
        return new Target(
                "synchronize, " + text + " idle registered readers",
                ANY,
                new Figure("ScalingReadersBenchmark.synchronize", "readers=" + readers),
                NO_READERS,
                NANOSECONDS_EACH,
                2);
    }
}
