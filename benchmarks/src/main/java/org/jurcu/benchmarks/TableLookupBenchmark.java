package org.jurcu.benchmarks;

import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jurcu.rcu.RcuReader;
import org.jurcu.rcu.list.RcuHashEntry;
import org.jurcu.rcu.list.RcuHashTable;
import org.jurcu.rcu.list.RcuIntNode;
import org.jurcu.rcu.list.RcuIntTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One look-up of a key that is there, among 65,536, in random order.
 *
 * <p>The floor is the load of an element from an array at the key: what a table would cost whose keys are its places. It
 * misses the caches as often as an element does, and a hash table once more for each link on the way.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TableLookupBenchmark {
    private static final int SIZE = 1 << 16;

    private final Integer[] keys = new Integer[SIZE];
    private final Element[] array = new Element[SIZE];
    private final RcuIntTable<Element> ints = new RcuIntTable<>();
    private final RcuHashTable<Integer, RcuHashEntry<Integer, Element>> boxed = new RcuHashTable<>();
    private final ConcurrentHashMap<Integer, Element> map = new ConcurrentHashMap<>();

    /** Fills each with the same elements. */
    public TableLookupBenchmark() {
        Random random = new Random(1);
        for (int i = 0; i < SIZE; i++) {
            keys[i] = i;
            array[i] = new Element(i);
            ints.put(array[i]);
            boxed.put(new RcuHashEntry<>(i, array[i]));
            map.put(i, array[i]);
        }
        for (int i = SIZE - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Integer key = keys[i];
            keys[i] = keys[j];
            keys[j] = key;
        }
    }

    /** An element of whatever table. */
    private static final class Element extends RcuIntNode {
        final long value;

        Element(int key) {
            super(key);
            value = key;
        }
    }

    /** Each thread's place in the order of keys. */
    @State(Scope.Thread)
    public static class Place {
        private int next;

        int next() {
            return next++ & SIZE - 1;
        }
    }

    /** A key that is an int. */
    @Benchmark
    public long intTable(Place place) {
        return ints.lookup(keys[place.next()]).value;
    }

    /** The same inside a section, as an element that is used again needs it. */
    @Benchmark
    public long intTableInSection(Place place, ThreadReader thread) {
        RcuReader reader = thread.reader;
        reader.lock();
        try {
            return ints.lookup(keys[place.next()]).value;
        } finally {
            reader.unlock();
        }
    }

    /** A key that is an object, and an entry that leads to the element. */
    @Benchmark
    public long hashTable(Place place) {
        return boxed.lookup(keys[place.next()]).value().value;
    }

    /** Peer: the JDK's table, with the same keys. */
    @Benchmark
    public long peerConcurrentHashMap(Place place) {
        return map.get(keys[place.next()]).value;
    }

    /** Floor: the element's load alone. */
    @Benchmark
    public long floorArrayLoad(Place place) {
        return array[keys[place.next()]].value;
    }
}
