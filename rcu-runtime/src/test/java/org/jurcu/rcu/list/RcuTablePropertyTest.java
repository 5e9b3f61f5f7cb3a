package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random updates and resizes against a HashMap, with walks that are taken step by step in between. */
class RcuTablePropertyTest {
    private static final int UPDATES = 10_000;

    /** A key of which many have the same hash, so that order among equals matters. */
    private record Key(int number, int hashes) {
        @Override
        public int hashCode() {
            return number % hashes;
        }
    }

    private final RcuHashTable<Key, RcuHashEntry<Key, Integer>> table = new RcuHashTable<>(1);
    private final Map<Key, RcuHashEntry<Key, Integer>> model = new HashMap<>();
    private final List<WalkPromise<RcuHashEntry<Key, Integer>, Key>> walks = new ArrayList<>();
    private int finished;

    @ParameterizedTest
    @CsvSource({"1, 100000", "2, 100000", "3, 20", "4, 20", "5, 3", "6, 1"})
    void behavesAsAHashMapAndKeepsItsPromisesToWalks(long seed, int hashes) {
        Random random = new Random(seed);
        for (int i = 0; i < UPDATES; i++) {
            update(random, new Key(random.nextInt(120), hashes), i);
            if (walks.size() < 5) {
                walks.add(new WalkPromise<>(model.keySet(), table::firstOrNull, table::nextOrNull, RcuHashNode::key));
            }
            walks.get(random.nextInt(walks.size())).step();
            walks.removeIf(this::finish);
            if (i % 100 == 0) {
                Map<Key, RcuHashEntry<Key, Integer>> all = new HashMap<>();
                table.forEach(e -> assertNull(all.put(e.key(), e), "met twice"));
                assertEquals(model, all);
                assertEquals(model.size(), table.size());
            }
        }
        assertTrue(finished > 50, "only " + finished + " walks ended");
    }

    private boolean finish(WalkPromise<RcuHashEntry<Key, Integer>, Key> walk) {
        if (walk.isOver()) {
            walk.check((x, y) -> true); // tables promise no order
            finished++;
            return true;
        }
        return false;
    }

    private void update(Random random, Key key, int value) {
        RcuHashEntry<Key, Integer> fresh = new RcuHashEntry<>(key, value);
        RcuHashEntry<Key, Integer> old = model.get(key);
        assertSame(old, table.lookup(key));
        switch (random.nextInt(8)) {
            case 0 -> {
                assertSame(old, table.put(fresh));
                model.put(key, fresh);
                walks.forEach(w -> w.wasAdded(key));
            }
            case 1, 2 -> {
                assertSame(old, table.putIfAbsent(fresh));
                model.putIfAbsent(key, fresh);
                walks.forEach(w -> w.wasAdded(key));
            }
            case 3 -> {
                assertSame(old, table.removeKey(key));
                model.remove(key);
                walks.forEach(w -> w.wasRemoved(key));
            }
            case 4, 5 -> {
                if (old != null) {
                    assertTrue(table.remove(old));
                    model.remove(key);
                    walks.forEach(w -> w.wasRemoved(key));
                }
            }
            case 6 -> {
                if (old != null) {
                    assertTrue(table.replace(old, fresh));
                    model.put(key, fresh);
                }
            }
            default -> {
                if (random.nextInt(5) == 0) {
                    table.resize(1 << random.nextInt(9));
                }
            }
        }
    }
}
