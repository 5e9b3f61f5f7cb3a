package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One walk that is taken step by step between updates, and what it was promised to see. */
final class WalkPromise<N, K> {
    private final List<K> seen = new ArrayList<>();
    private final Set<K> staying;
    private final Set<K> known;
    private final UnaryOperator<N> step;
    private final Function<N, K> key;
    private N at;
    private boolean over;

    WalkPromise(Collection<K> present, Supplier<N> first, UnaryOperator<N> step, Function<N, K> key) {
        staying = new HashSet<>(present);
        known = new HashSet<>(present);
        this.step = step;
        this.key = key;
        arriveAt(first.get());
    }

    private void arriveAt(N node) {
        at = node;
        if (node == null) {
            over = true;
        } else {
            seen.add(key.apply(node));
        }
    }

    boolean isOver() {
        return over;
    }

    void step() {
        if (!over) {
            arriveAt(step.apply(at));
        }
    }

    void wasAdded(K k) {
        known.add(k);
    }

    void wasRemoved(K k) {
        staying.remove(k);
    }

    /** To be called when the walk is over. */
    void check(BiPredicate<K, K> mayFollow) {
        assertTrue(over);
        Set<K> once = new HashSet<>(seen);
        assertEquals(once.size(), seen.size(), () -> "met twice: " + seen);
        assertTrue(known.containsAll(seen), () -> "met what never was there: " + seen);
        Set<K> missed = new HashSet<>(staying);
        missed.removeAll(once);
        assertEquals(Set.of(), missed);
        List<K> stayed = seen.stream().filter(staying::contains).toList();
        for (int i = 1; i < stayed.size(); i++) {
            assertTrue(mayFollow.test(stayed.get(i - 1), stayed.get(i)), () -> "out of order: " + seen);
        }
    }
}
