package org.jurcu.rcu;

import java.lang.ref.WeakReference;

/** A thread as the key of a map that does not keep it: equal by the thread's identity, and to itself for ever. */
final class OwnerKey extends WeakReference<Thread> {
    private final int hash;

    OwnerKey(Thread thread) {
        super(thread);
        hash = System.identityHashCode(thread); // a subclass of Thread may override hashCode() and equals()
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true; // so that it can be removed when the thread has been collected
        }
        if (!(other instanceof OwnerKey key)) {
            return false;
        }
        Thread thread = get();
        return thread != null && key.refersTo(thread);
    }
}
