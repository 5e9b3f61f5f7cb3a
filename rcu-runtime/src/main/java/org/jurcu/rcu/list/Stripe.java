package org.jurcu.rcu.list;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/** The updaters' lock of the buckets whose numbers end alike, and how many elements these have. */
final class Stripe extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Stripe.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // read and written through COUNT
    private int count;

    int loadOpaqueCount() {
        return (int) COUNT.getOpaque(this);
    }

    /** Under the lock. */
    void add(int change) {
        COUNT.setOpaque(this, loadOpaqueCount() + change);
    }
}
