package org.jurcu.task.replay;

import java.util.function.Consumer;

/** A list whose entries hold its links, so that one is taken out of its middle without a search. One thread's at a time. */
final class Chain<E extends Chain.Link<E>> {
    /** What an entry of one list has. */
    abstract static class Link<E> {
        private E before;
        private E after;
    }

    private E first;
    private E last;

    void add(E entry) {
        Link<E> link = entry;
        link.before = last;
        if (last == null) {
            first = entry;
        } else {
            links(last).after = entry;
        }
        last = entry;
    }

    /** Takes one out that is in it. */
    void remove(E entry) {
        Link<E> link = entry;
        E before = link.before;
        E after = link.after;
        if (before == null) {
            first = after;
        } else {
            links(before).after = after;
        }
        if (after == null) {
            last = before;
        } else {
            links(after).before = before;
        }
        link.before = null; // an old entry that is garbage must not keep young ones
        link.after = null;
    }

    private Link<E> links(E entry) {
        return entry;
    }

    /** In the order in which they were added. */
    void forEach(Consumer<E> action) {
        for (E entry = first; entry != null; entry = links(entry).after) {
            action.accept(entry);
        }
    }
}
