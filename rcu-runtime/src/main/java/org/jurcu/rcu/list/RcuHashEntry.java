package org.jurcu.rcu.list;

/**
 * A key and a value that is not a node itself.
 *
 * <pre>{@code
 * RcuHashTable<String, RcuHashEntry<String, Route>> routes = new RcuHashTable<>();
 * routes.put(new RcuHashEntry<>("10.0.0.0/8", route));
 * RcuHashEntry<String, Route> found = routes.lookup("10.0.0.0/8");
 * }</pre>
 *
 * <p>Immutable but for its link. Memory effects, progress and counterpart: as stated at {@link RcuHashNode}.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode} that do not change
 * @param <V> values
 */
public final class RcuHashEntry<K, V> extends RcuHashNode<K> {
    private final V value;

    /** Creates an entry that is in no table; the value may be null. */
    public RcuHashEntry(K key, V value) {
        super(key);
        this.value = value;
    }

    /** Returns the value. */
    public V value() {
        return value;
    }
}
