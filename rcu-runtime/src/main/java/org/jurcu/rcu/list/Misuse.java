package org.jurcu.rcu.list;

/** The sentences for callers who break the rules; each says what to do instead. */
final class Misuse {
    private Misuse() {}

    static IllegalStateException alreadyListed(Object node) {
        return new IllegalStateException(
                nameOf(node) + " is in a collection already: remove it and let a grace period elapse, or add another.");
    }

    static IllegalStateException notListed(Object node) {
        return new IllegalStateException(
                nameOf(node) + " is in no list: it was deleted before, or never added; delete each node once.");
    }

    static IllegalStateException neverListed(Object node) {
        return new IllegalStateException(nameOf(node)
                + " was never in a list, or has forgotten it, so nothing follows it: begin at firstOrNull().");
    }

    static IllegalArgumentException splicedIntoItself() {
        return new IllegalArgumentException("A list cannot be spliced into itself: name another as the source.");
    }

    static IllegalStateException rekeyedWhileListed(Object node) {
        return new IllegalStateException(
                nameOf(node) + " is in a table and found by its key: remove it and let a grace period elapse first.");
    }

    static IllegalStateException usedAgainTooEarly(Object node, String domain) {
        return new IllegalStateException(nameOf(node)
                + " was removed, and readers may still stand on it: let a grace period of domain \"" + domain
                + "\" elapse, by call() or synchronize(), before it is used again.");
    }

    static IllegalArgumentException keysDiffer(Object old, Object fresh) {
        return new IllegalArgumentException(nameOf(fresh) + " has another key than " + nameOf(old)
                + ", whose place it shall take: remove the one and put the other.");
    }

    static IllegalArgumentException bucketsOutOfRange(int buckets, int least) {
        return new IllegalArgumentException("A table has " + least + " to " + SplitOrderedTable.MAX_BUCKETS
                + " buckets, a power of two: " + buckets + " is none of them.");
    }

    /** Without its toString(), which may look into what is destroyed already. */
    private static String nameOf(Object node) {
        return node.getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(node));
    }
}
