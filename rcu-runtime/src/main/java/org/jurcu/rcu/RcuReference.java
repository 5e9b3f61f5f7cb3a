package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A pointer that readers follow inside sections and updaters replace.
 *
 * <pre>{@code
 * RcuReference<Page> current = new RcuReference<>(new Page());
 *
 * // reader                                    // updater
 * rcu.readLock();                              Page old = current.getAndAssign(new Page());
 * try {                                        rcu.call(old::release);
 *     use(current.dereference());
 * } finally {
 *     rcu.readUnlock();
 * }
 * }</pre>
 *
 * <p>The reference belongs to no domain; the section in which it is followed decides how long the object is safe.
 *
 * <p>Memory effects: what a thread did before {@link #assign}, {@link #getAndAssign} or a successful
 * {@link #compareAndAssign} happens-before what another does after a {@link #dereference} that returns the assigned value.
 * The acquire mode of {@code dereference} serves this publication only. That a section which began after a grace period
 * started cannot see what was unlinked before is the work of the lock, for loads of any mode.
 *
 * <p>Progress: wait-free, but {@code getAndAssign} and {@code compareAndAssign} as far as the processor's atomic
 * instructions are. Nothing is thrown.
 *
 * <p>Counterparts: {@code rcu_dereference()}, {@code rcu_assign_pointer()}, {@code rcu_replace_pointer()} and
 * {@code cmpxchg()} on a pointer (include/linux/rcupdate.h); {@code rcu_xchg_pointer()} of liburcu.
 *
 * @param <T> what it points to
 */
public final class RcuReference<T> {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(RcuReference.class, "value", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // read and written through VALUE
    private volatile T value;

    /** Creates a reference to nothing. */
    public RcuReference() {}

    /** Creates a reference to {@code initial}, which may be null. */
    public RcuReference(T initial) {
        VALUE.setRelease(this, initial);
    }

    /** Returns the value of the moment, safe to use until the section ends. */
    @SuppressWarnings("unchecked") // only T is ever stored
    public T dereference() {
        return (T) VALUE.getAcquire(this); // R4
    }

    /** Publishes {@code next}. */
    public void assign(T next) {
        VALUE.setRelease(this, next); // U1
    }

    /** Publishes {@code next} and returns the value that it replaced, atomically. */
    @SuppressWarnings("unchecked") // only T is ever stored
    public T getAndAssign(T next) {
        return (T) VALUE.getAndSet(this, next); // U1
    }

    /** Publishes {@code next} if the value is {@code expected}, atomically, and returns whether it did. */
    public boolean compareAndAssign(T expected, T next) {
        return VALUE.compareAndSet(this, expected, next); // U1
    }

    /** Names the class only: what it points to may be reclaimed already. */
    @Override
    public String toString() {
        return "RcuReference@" + Integer.toHexString(System.identityHashCode(this));
    }
}
