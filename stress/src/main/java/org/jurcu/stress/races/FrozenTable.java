package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;

/**
 * A split-ordered table of one bucket that becomes two, with an even and two odd elements: complete, and each step to be
 * overridden. In the order of the list: the first beginning, EVEN, the second beginning, PUT_LATER, ODD.
 */
class FrozenTable {
    static final int EVEN = 0;
    static final int ODD = 1;
    static final int PUT_LATER = 3;

    private static final VarHandle ARRAY = Handles.of(FrozenTable.class, "array", Link[].class);

    /** A beginning, whose key is negative, or an element. */
    static final class Link {
        private static final VarHandle NEXT = Handles.of(Link.class, "next", Link.class);

        final int key;

        @SuppressWarnings("unused") // through NEXT
        private Link next;

        Link(int key, Link next) {
            this.key = key;
            storeReleaseNext(next);
        }

        Link loadAcquireNext() {
            return (Link) NEXT.getAcquire(this);
        }

        void storeReleaseNext(Link link) {
            NEXT.setRelease(this, link);
        }
    }

    final Link odd = new Link(ODD, null);
    final Link even = new Link(EVEN, odd);

    @SuppressWarnings("unused") // through ARRAY
    private Link[] array = {new Link(-1, even)};

    final Link[] loadAcquireArray() {
        return (Link[]) ARRAY.getAcquire(this);
    }

    final void storeVolatileArray(Link[] fresh) {
        ARRAY.setVolatile(this, fresh);
    }

    final boolean finds(int key) {
        Link[] buckets = loadAcquireArray();
        Link link = buckets[key & buckets.length - 1];
        while (link != null && link.key != key) {
            link = link.loadAcquireNext();
        }
        return link != null;
    }

    /** One bucket becomes two. */
    void grow() {
        Link[] one = loadAcquireArray();
        synchronized (this) {
            Link second = new Link(-2, even.loadAcquireNext());
            even.storeReleaseNext(second);
            storeVolatileArray(new Link[] {one[0], second});
        }
    }

    /** Puts PUT_LATER in front of ODD. */
    void put() {
        synchronized (this) {
            insert();
        }
    }

    final void insert() {
        Link before = even;
        Link next = before.loadAcquireNext();
        while (next.key < 0) {
            before = next;
            next = next.loadAcquireNext();
        }
        Link fresh = new Link(PUT_LATER, next);
        before.storeReleaseNext(fresh);
    }
}
