package org.jurcu.rcu.list;

/** An element of a list that knows its number. */
final class Item extends RcuListNode {
    final int id;

    Item(int id) {
        this.id = id;
    }

    @Override
    public String toString() {
        return "#" + id;
    }
}
