package org.jurcu.rcu.list;

/** What {@code prev} of a deleted node refers to: {@code LIST_POISON2}, which in strict mode knows of the deletion. */
final class Poison extends RcuListNode {
    /** Knows nothing. */
    static final Poison PLAIN = new Poison(null);

    private final Removal removal;

    Poison(Removal removal) {
        this.removal = removal;
    }

    void checkOver(RcuListNode node) {
        if (removal != null) {
            removal.checkOver(node);
        }
    }
}
