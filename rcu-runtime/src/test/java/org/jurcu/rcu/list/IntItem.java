package org.jurcu.rcu.list;

/** An element of a table of ints. */
final class IntItem extends RcuIntNode {
    IntItem(int key) {
        super(key);
    }

    void rekey(int key) {
        setKey(key);
    }

    @Override
    public String toString() {
        return "#" + key();
    }
}
