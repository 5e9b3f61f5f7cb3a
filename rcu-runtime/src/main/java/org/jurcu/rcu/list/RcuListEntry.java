package org.jurcu.rcu.list;

/**
 * A node for an element that is not one itself.
 *
 * <pre>{@code
 * RcuList<RcuListEntry<String>> names = new RcuList<>();
 * names.addTail(new RcuListEntry<>("init"));
 * names.forEach(entry -> print(entry.element()));
 * }</pre>
 *
 * <p>Immutable but for its links. Memory effects, progress and counterpart: as stated at {@link RcuListNode}.
 *
 * @param <E> what it holds
 */
public final class RcuListEntry<E> extends RcuListNode {
    private final E element;

    /** Creates a node for {@code element}, which may be null. */
    public RcuListEntry(E element) {
        this.element = element;
    }

    /** Returns what it holds. */
    public E element() {
        return element;
    }
}
