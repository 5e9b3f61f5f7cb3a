package org.jurcu.benchmarks;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jurcu.rcu.list.RcuIntNode;
import org.jurcu.rcu.list.RcuIntTable;
import org.jurcu.rcu.list.RcuList;
import org.jurcu.rcu.list.RcuListNode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A walk over a thousand elements that adds up a field of each; the time is that of one element.
 *
 * <p>The floor is the walk over an array of them. A linked walk waits for each link before it can load the next.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ListWalkBenchmark {
    private static final int SIZE = 1000;

    private final Element[] array = new Element[SIZE];
    private final RcuList<Element> list = new RcuList<>();
    private final RcuIntTable<Slot> table = new RcuIntTable<>();
    private final ConcurrentLinkedQueue<Element> queue = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<Element> copied = new CopyOnWriteArrayList<>();

    /** Fills each with the same elements. */
    public ListWalkBenchmark() {
        for (int i = 0; i < SIZE; i++) {
            array[i] = new Element(i);
            list.addTail(array[i]);
            table.put(new Slot(i));
            queue.add(array[i]);
            copied.add(array[i]);
        }
    }

    private static final class Element extends RcuListNode {
        final long value;

        Element(long value) {
            this.value = value;
        }
    }

    private static final class Slot extends RcuIntNode {
        Slot(int key) {
            super(key);
        }
    }

    /** Step by step. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long rcuList() {
        long sum = 0;
        for (Element e = list.firstOrNull(); e != null; e = list.nextOrNull(e)) {
            sum += e.value;
        }
        return sum;
    }

    /** With an iterator. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long rcuListIterator() {
        long sum = 0;
        for (Element e : list) {
            sum += e.value;
        }
        return sum;
    }

    /** All of a table, which has a beginning for each bucket on the way. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long rcuIntTable() {
        long sum = 0;
        for (Slot s = table.firstOrNull(); s != null; s = table.nextOrNull(s)) {
            sum += s.key();
        }
        return sum;
    }

    /** Peer: linked as well, with a box for each element. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long peerConcurrentLinkedQueue() {
        long sum = 0;
        for (Element e : queue) {
            sum += e.value;
        }
        return sum;
    }

    /** Peer: an array; each update copies it. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long peerCopyOnWriteArrayList() {
        long sum = 0;
        for (Element e : copied) {
            sum += e.value;
        }
        return sum;
    }

    /** Floor: the array alone. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public long floorArray() {
        long sum = 0;
        for (Element e : array) {
            sum += e.value;
        }
        return sum;
    }
}
