package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers allocate nothing, nor do updaters that use their nodes again. */
class ListAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 20_000;

    private long sum;
    private Object sink;

    private static long allocatedBy(Runnable body) {
        long id = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(id);
        body.run();
        return THREADS.getThreadAllocatedBytes(id) - before;
    }

    private static void assertAllocatesNothing(Runnable body) {
        body.run(); // classes and call sites are made once
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3 && least > 0; i++) {
            least = Math.min(least, allocatedBy(body));
        }
        assertEquals(0, least);
    }

    @Test
    void theMeasureSeesAllocation() {
        long bytes = allocatedBy(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                sink = new int[10];
            }
        });
        assertTrue(bytes >= ROUNDS * 40L, () -> bytes + " bytes, the last of them in " + sink);
    }

    @Test
    void walksOfAListAllocateNothing() {
        RcuList<Item> list = new RcuList<>();
        for (int i = 0; i < 10; i++) {
            list.addTail(new Item(i));
        }
        assertAllocatesNothing(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                for (Item item = list.firstOrNull(); item != null; item = list.nextOrNull(item)) {
                    sum += item.id;
                }
            }
        });
        assertTrue(sum > 0);
        Item first = list.firstOrNull();
        assertAllocatesNothing(() -> {
            for (int i = 0; i < ROUNDS; i++) { // alone in the list's section of time: no reader to wait for
                list.del(first);
                list.add(first);
            }
        });
    }

    @Test
    void lookUpsAllocateNothing() {
        RcuIntTable<IntItem> ints = new RcuIntTable<>();
        RcuHashTable<String, RcuHashEntry<String, Integer>> names = new RcuHashTable<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ints.put(new IntItem(i * 1_000_003));
            keys.add("key " + i);
            names.put(new RcuHashEntry<>("key " + i, i));
        }
        assertAllocatesNothing(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                sum += ints.lookup(i % 1_000 * 1_000_003).key();
                sum += names.lookup(keys.get(i % 1_000)).value();
                sum += ints.lookup(-1 - i) == null ? 1 : 0;
            }
            for (IntItem item = ints.firstOrNull(); item != null; item = ints.nextOrNull(item)) {
                sum += item.key();
            }
        });
        IntItem reused = ints.lookup(0);
        assertAllocatesNothing(() -> {
            for (int i = 0; i < ROUNDS; i++) { // no reader to wait for
                ints.remove(reused);
                ints.put(reused);
            }
        });
    }
}
