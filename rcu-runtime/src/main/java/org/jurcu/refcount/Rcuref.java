package org.jurcu.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jurcu.rcu.RcuReader;

/**
 * A reference count for objects that RCU frees, whose {@link #get} is one unconditional addition: the kernel's
 * {@code rcuref_t}. {@link Refcount#incNotZero} retries when others interfere, and the more threads share one counter the
 * more of their work is thrown away; this counter does not look before it adds, and tells a dead object by where the
 * addition ended.
 *
 * <p>The word holds the references less one, so that both "the last one is gone" and "too many" show in the sign:
 *
 * <pre>
 * 0x00000000  ONEREF                 0x7fffffff  MAXREF
 * |&lt;------------- live: references - 1 -----------&gt;|
 *
 * 0x80000000       0xA0000000       0xC0000000       0xE0000000       0xffffffff | 0
 * |&lt;---------- saturated ----------&gt;|&lt;----------- released ----------&gt;| NOREF
 *                  ^ SATURATED      ^ RELEASED       ^ DEAD
 * |&lt;---- 2^29 -----&gt;|&lt;---- 2^29 ----&gt;|&lt;---- 2^29 ----&gt;|&lt;---- 2^29 ---------------&gt;|
 *
 * bits 31 30 29  28..0
 *       0  x  x  x      live: the references, less one
 *       1  0  x  x      saturated, rests at 101 0…0: leaks, get is granted
 *       1  1  x  x      released, rests at 111 0…0: get is refused
 *       1  1  1  1…1    NOREF: the last reference is gone, and whoever dropped it is about to say DEAD
 * </pre>
 *
 * <p>The race budget. An operation that leaves the live zone settles the word where its zone rests, by a second access;
 * what others add and subtract meanwhile must not carry the word into another zone:
 *
 * <pre>
 *   from SATURATED or DEAD to the nearest other zone   2^29  =   536,870,912
 *   threads at most (Linux's PID_MAX_LIMIT)            2^22  =     4,194,304
 *   operations a thread has in flight at once          1     as for Refcount
 *   drift at most                                      2^22  =     4,194,304   1/128 of the distance
 * </pre>
 *
 * <p>That is the budget of a word at rest. A word that overflows enters the saturated zone at 0x80000000, one step from life,
 * and is led back by a put that comes before anyone has settled it. Then the {@code SATURATED} of an earlier put can come late
 * and meet a live word, so that the object leaks and only the next {@code get} says so; or, if all 2<sup>31</sup> references
 * are put meanwhile, a dead one, which it revives. So what is said below of true results holds while the count never exceeds
 * {@code MAXREF}. A thread that runs out of stack between the steps of a last put leaves NOREF behind: unless a {@code get}
 * still revives the object, no put gives true, and it leaks without a report.
 *
 * <p>Dropping the last reference takes two steps, the decrement to NOREF and a compare-and-set from NOREF to DEAD, and a
 * {@code get} between the two revives the object. Therefore <b>{@code put} belongs into a read-side section</b> of the domain
 * whose grace period the object's end waits for. Outside of one a whole grace period fits between the two steps; the object
 * is freed by someone else, its memory is given to a new one, {@link #init} starts the count anew, and the late
 * compare-and-set meets the NOREF of that life. {@link #put} opens the section itself; {@link #putRcusafe(RcuReader)} is
 * for who is inside one. Only a counter that is never initialised again, since its object goes to the garbage collector and
 * not back to a pool, can do without ({@link #putRcusafe()}).
 *
 * <pre>{@code
 * import java.util.concurrent.ConcurrentLinkedQueue;
 * import org.jurcu.rcu.Rcu;
 * import org.jurcu.rcu.RcuReader;
 * import org.jurcu.rcu.RcuReference;
 * import org.jurcu.refcount.Rcuref;
 *
 * public class PooledBuffers {
 *     static final ConcurrentLinkedQueue<Buffer> POOL = new ConcurrentLinkedQueue<>();
 *
 *     static final class Buffer {
 *         final Rcuref refs = new Rcuref(1); // the one of current
 *         final byte[] bytes = new byte[64];
 *
 *         static Buffer take() {
 *             Buffer buffer = POOL.poll();
 *             if (buffer == null) {
 *                 return new Buffer();
 *             }
 *             buffer.refs.init(1); // its grace period has ended: call() put it there
 *             return buffer;
 *         }
 *
 *         void put(Rcu rcu, RcuReader reader) {
 *             if (refs.put(reader)) {
 *                 rcu.call(() -> POOL.add(this)); // when no reader can still come across it
 *             }
 *         }
 *     }
 *
 *     public static void main(String[] args) {
 *         try (Rcu rcu = Rcu.create("buffers"); RcuReader reader = rcu.register()) {
 *             RcuReference<Buffer> current = new RcuReference<>(Buffer.take());
 *
 *             Buffer mine;
 *             reader.lock();
 *             try {
 *                 mine = current.dereference();
 *                 if (mine != null && !mine.refs.get()) {
 *                     mine = null; // it is being freed
 *                 }
 *             } finally {
 *                 reader.unlock();
 *             }
 *             Buffer unlinked = current.getAndAssign(null);
 *             if (unlinked != null) {
 *                 unlinked.put(rcu, reader); // the reference of current
 *             }
 *
 *             if (mine != null) {
 *                 System.out.println(mine.refs); // used outside of the section
 *                 mine.put(rcu, reader);
 *                 System.out.println(mine.refs);
 *             }
 *             rcu.barrier();
 *             Buffer next = Buffer.take();
 *             current.assign(next);
 *             System.out.println(next == mine ? next.refs + " again" : "another");
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Memory effects, of a count whose puts are balanced: actions before any thread's {@code put} happen-before the return
 * of the one that gives true. A {@code get} promises nothing, whatever led to the object orders it.
 * {@code docs/refcount.md} argues both, and that exactly one put a life gives true, as long as each reference is put once
 * and the count stays within {@code MAXREF}.
 *
 * <p>Progress: {@code get} and {@code put} are wait-free where the processor adds and compares atomically (x86-64, ARMv8.1).
 * Nothing allocates unless it warns.
 *
 * <p>Units: references, up to 2<sup>31</sup>. Exceptions: {@link IllegalStateException} from {@code put} with a reader of
 * another thread, or closed, {@link NullPointerException} without one, and as listed there. What a
 * {@link RefcountWarningHandler} throws leaves the operation that warned, after the word is settled and the section
 * closed.
 *
 * <p>Mirrors {@code include/linux/rcuref.h} and {@code lib/rcuref.c} of Linux 6.19. There {@code rcuref_put} switches preemption
 * off, which is a read-side section of the kernel's RCU; a JVM thread has no such switch, so it takes a reader.
 */
public final class Rcuref {
    static final int ONEREF = 0x0000_0000;
    static final int MAXREF = 0x7fff_ffff;
    static final int SATURATED = 0xA000_0000;
    static final int RELEASED = 0xC000_0000;
    static final int DEAD = 0xE000_0000;
    static final int NOREF = 0xffff_ffff;

    private static final VarHandle REFCNT;

    static {
        try {
            REFCNT = MethodHandles.lookup().findVarHandle(Rcuref.class, "refcnt", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Runs between the two steps; read on the cold paths only, null outside of tests. */
    static volatile RcurefSeam seam;

    @SuppressWarnings("UnusedVariable") // read through REFCNT only
    private int refcnt;

    /**
     * Starts a count: {@code RCUREF_INIT(refs)}.
     *
     * @param refs references, as an unsigned number up to 2<sup>31</sup>; with 0 the first {@code get} gives life. Not
     *     checked: from there to 0xC0000000 the count is saturated from the start, and beyond that it is dead
     */
    public Rcuref(int refs) {
        refcnt = refs - 1;
    }

    /**
     * Starts the count of a new life, while nobody shares the object: {@code rcuref_init}. Between the {@code put} that
     * ended the last life and this call two things must have happened: the object is unlinked, and then a whole grace period
     * of the domain that guards the puts, begun after that put, has ended.
     *
     * @param refs references, as for the constructor
     */
    public void init(int refs) {
        storeOpaqueRefcnt(refs - 1);
    }

    /**
     * Returns the references: {@code rcuref_read}.
     *
     * @return the references, which may have changed already: 0 if the object is dead, and as an unsigned number beyond
     *     2<sup>31</sup> if the count is saturated
     */
    public int read() {
        int refs = loadOpaqueRefcnt();
        return isReleased(refs) ? 0 : refs + 1;
    }

    /**
     * Takes a reference unless the object is dead: {@code rcuref_get}. The object's existence must be guaranteed by other
     * means: a section in which it was found, or a reference that the caller owns. True also when the count is, or becomes,
     * saturated ({@link RefcountWarning#RCUREF_SATURATED}): a leaked object may safely be used.
     *
     * @return false if the object is dead
     */
    public boolean get() {
        return getAndAddVolatileRefcnt(1) + 1 >= 0 || getSlowpath();
    }

    /**
     * Drops a reference, in a section that it opens for that: {@code rcuref_put}. True if it was the last: the caller, and
     * nobody else, frees the object after a grace period of the reader's domain. Dropping one of none is {@link
     * RefcountWarning#RCUREF_IMBALANCED_PUT} and gives false.
     *
     * @param reader the calling thread's reader of the domain whose grace period the object's end waits for
     * @return whether it was the last
     * @throws IllegalStateException if another thread owns the reader, the reader or its domain is closed, or its sections
     *     are nested as deeply as they can be; the reference is not dropped
     * @throws NullPointerException if there is no reader; the reference is not dropped
     */
    public boolean put(RcuReader reader) {
        Objects.requireNonNull(
                reader, "put needs the calling thread's reader; use putRcusafe() where no section is needed");
        reader.lock();
        try {
            return putRcusafe();
        } finally {
            reader.unlock();
        }
    }

    /**
     * Drops a reference, in a section that the caller has open: {@code rcuref_put_rcusafe}. As {@link #put}, and a section
     * cheaper.
     *
     * @param reader the calling thread's reader of the domain whose grace period the object's end waits for
     * @return whether it was the last
     * @throws IllegalStateException if the reader is in no section, or another thread's, or closed; the reference is not
     *     dropped
     * @throws NullPointerException if there is no reader; the reference is not dropped
     */
    public boolean putRcusafe(RcuReader reader) {
        Objects.requireNonNull(
                reader, "putRcusafe needs the reader whose section is open; use putRcusafe() if it cannot be named");
        if (!reader.held()) {
            throw new IllegalStateException(
                    "suspicious rcuref_put_rcusafe() usage: this reader is in no read-side section;"
                            + " lock it before, or call put().");
        }
        return putRcusafe();
    }

    /**
     * Drops a reference, and takes the caller's word that it is safe: because a section of whatever flavour is open ({@code
     * Rcu.readLock}, {@code Qsbr}, {@code Srcu}), or because this counter is never {@linkplain #init initialised again}. As
     * {@link #put} otherwise.
     *
     * @return whether it was the last
     */
    public boolean putRcusafe() {
        int refs = getAndAddVolatileRefcnt(-1) - 1; // P1
        return refs < 0 && putSlowpath(refs);
    }

    /** Shows the references, or that the object is dead. */
    @Override
    public String toString() {
        int refs = loadOpaqueRefcnt();
        if (isReleased(refs)) {
            return "Rcuref[dead]";
        }
        return refs < 0 ? "Rcuref[saturated]" : "Rcuref[" + Integer.toUnsignedString(refs + 1) + "]";
    }

    /** The addition ended outside of the live zone. Looks anew, as the kernel does: a put may have led it back meanwhile. */
    private boolean getSlowpath() {
        passSeam();
        int refs = loadOpaqueRefcnt();
        if (isReleased(refs)) {
            storeOpaqueRefcnt(DEAD);
            return false;
        }
        if (refs < 0) {
            storeOpaqueRefcnt(SATURATED);
            RefcountWarnings.report(RefcountWarning.RCUREF_SATURATED, this, refs);
        }
        return true;
    }

    /**
     * The subtraction ended outside of the live zone. Judges by what it arrived at, and not by a second look: by then the
     * object may be someone else's.
     */
    private boolean putSlowpath(int refs) {
        passSeam();
        if (refs == NOREF) {
            return casVolatileRefcnt(NOREF, DEAD); // P2; if it fails, a get came between or another put was quicker
        }
        if (isReleased(refs)) {
            storeOpaqueRefcnt(DEAD);
            RefcountWarnings.report(RefcountWarning.RCUREF_IMBALANCED_PUT, this, refs);
        } else {
            storeOpaqueRefcnt(SATURATED); // P3; silent as the kernel's, and may meet a word that was led back to life
        }
        return false;
    }

    private void passSeam() {
        RcurefSeam held = seam;
        if (held != null) {
            held.betweenActAndSettle(this);
        }
    }

    /** Both upper bits are set: beyond RELEASED as an unsigned number. */
    private static boolean isReleased(int refs) {
        return (refs & RELEASED) == RELEASED;
    }

    private int loadOpaqueRefcnt() {
        return (int) REFCNT.getOpaque(this);
    }

    private void storeOpaqueRefcnt(int refs) {
        REFCNT.setOpaque(this, refs);
    }

    private int getAndAddVolatileRefcnt(int i) {
        return (int) REFCNT.getAndAdd(this, i);
    }

    /** Strong: must not fail while the value is the expected one. */
    private boolean casVolatileRefcnt(int expected, int next) {
        return REFCNT.compareAndSet(this, expected, next);
    }
}
