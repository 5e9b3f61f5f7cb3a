package org.jurcu.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

/**
 * A reference count that saturates instead of wrapping: the kernel's {@code refcount_t}.
 *
 * <p>An object whose count wraps through zero is freed while someone still uses it. This counter sticks in the middle of
 * its negative half instead, says so ({@link RefcountWarnings}), and leaks the object: the lesser harm. Each operation
 * acts first, detects afterwards, and repairs in a second step.
 *
 * <pre>
 * 0            0x7fffffff | 0x80000000        0xC0000000        0xffffffff | (0)
 * +-----------------------+-------------------------+-------------------------+
 * dead, then 1..MAX live  |               bad: saturated or on its way        | wraps to 0
 *                           ^ overflow enters       ^ SATURATED       underflow enters ^
 *                           |&lt;-------- 2^30 --------&gt;|&lt;-------- 2^30 --------&gt;|
 * </pre>
 *
 * <p>The race budget. Between an operation that made the value bad and the store that repairs it, other threads go on
 * adding and subtracting. They would have to move the value by 2^30 from {@code SATURATED} to leave the bad half:
 *
 * <pre>
 *   distance from SATURATED to either edge        2^30  = 1,073,741,824
 *   threads at most (Linux's PID_MAX_LIMIT)       2^22  =     4,194,304
 *   operations a thread has in flight at once     1       it repairs before it returns, and nothing it runs
 *                                                         in between can call back, block or be unmounted
 *   drift at most                                 2^22  =     4,194,304   1/256 of the distance
 * </pre>
 *
 * <p>Virtual threads add nothing to the sum: one that is between its two steps sits on a carrier, and carriers are
 * platform threads. A batch of <i>i</i> counts <i>i</i> times, so the sum holds for batches up to 255; a larger batch
 * leaves the bad half only if enough threads keep that window open together. A repair that is lost because its thread ran
 * out of stack in the middle costs one unit, until the next {@code add}, {@code inc}, {@code addNotZero},
 * {@code incNotZero}, {@code subAndTest}, {@code decAndTest} or {@code dec} repairs; {@code decIfOne}, {@code decNotOne},
 * {@code decAndLock} and the {@code …Acquire} operations up to {@code MAX} leave a bad count bad.
 *
 * <p>Usage:
 *
 * <pre>{@code
 * import java.util.concurrent.atomic.AtomicReference;
 * import org.jurcu.refcount.Refcount;
 *
 * public class SharedBuffer {
 *     static final AtomicReference<SharedBuffer> CURRENT = new AtomicReference<>();
 *
 *     final Refcount refs = new Refcount(1); // the creator's reference
 *     final byte[] bytes = new byte[64];
 *
 *     // On the JVM the collector keeps the memory of the counter itself alive, so that a lookup may always ask.
 *     static SharedBuffer get() {
 *         SharedBuffer b = CURRENT.get();
 *         return b != null && b.refs.incNotZero() ? b : null;
 *     }
 *
 *     void put() {
 *         if (refs.decAndTest()) {
 *             System.out.println("last user gone"); // sees everything that any user did before its put
 *         }
 *     }
 *
 *     public static void main(String[] args) throws InterruptedException {
 *         CURRENT.set(new SharedBuffer());
 *         Thread user = new Thread(() -> {
 *             SharedBuffer b = get();
 *             if (b != null) {
 *                 b.bytes[0] = 42;
 *                 b.put();
 *             }
 *         });
 *         user.start();
 *         CURRENT.getAndSet(null).put();
 *         user.join();
 *     }
 * }
 * }</pre>
 *
 * <p>Memory effects, for amounts of 1 and more: {@code addNotZero(0)} writes without releasing what it acquired, and an
 * addition of a negative amount is a decrement that does not release. A result that reports failure orders nothing.
 *
 * <table>
 * <caption>Order that each family promises, which is the kernel's; the access mode may give more</caption>
 * <tr><th>family</th><th>kernel</th><th>promised here</th><th>access mode</th></tr>
 * <tr><td>{@code set}, {@code read}</td><td>relaxed</td><td>nothing</td><td>opaque</td></tr>
 * <tr><td>{@code setRelease}</td><td>release</td><td>actions before it happen-before actions after a true result of an
 *     {@code …Acquire} operation that saw it</td><td>release</td></tr>
 * <tr><td>{@code inc}, {@code add}</td><td>relaxed</td><td>nothing: whatever led to the object orders it, and publishing
 *     through them is a bug</td><td>getAndAdd</td></tr>
 * <tr><td>{@code incNotZero}, {@code addNotZero}</td><td>control dependency on true</td><td>on true, later stores stay
 *     later</td><td>weakCompareAndSetAcquire</td></tr>
 * <tr><td>{@code incNotZero…Acquire}, {@code addNotZero…Acquire}</td><td>acquire on true</td><td>on true, later loads and
 *     stores stay later, so that the identity of a reused object may be checked again</td>
 *     <td>weakCompareAndSetAcquire</td></tr>
 * <tr><td>{@code decAndTest}, {@code subAndTest}</td><td>release, acquire on true</td><td>actions before any thread's
 *     decrement happen-before actions after the true result</td><td>getAndAdd</td></tr>
 * <tr><td>{@code dec}</td><td>release</td><td>actions before it happen-before actions after a later true result of the row
 *     above</td><td>getAndAdd</td></tr>
 * <tr><td>{@code decIfOne}, {@code decNotOne}</td><td>release, control dependency on true</td><td>as {@code decAndTest},
 *     when the value changed</td><td>compareAndSet, weakCompareAndSet</td></tr>
 * <tr><td>{@code decAndLock}</td><td>as its parts</td><td>as {@code decAndTest}, and the lock is held on
 *     true</td><td>–</td></tr>
 * </table>
 *
 * <p>Progress: {@code set}, {@code read}, {@code inc}, {@code add}, {@code dec}, {@code decAndTest}, {@code subAndTest} and
 * {@code decIfOne} are wait-free where the processor adds and compares atomically (x86-64, ARMv8.1); the other operations
 * retry and are lock-free; {@code decAndLock} may block on the caller's lock. Nothing allocates unless it warns.
 *
 * <p>Units: references. Amounts are taken as they come, like the kernel's {@code int i}: none is refused, and a negative
 * one is judged by the same wrapping arithmetic.
 *
 * <p>Exceptions: none of its own. What a {@link RefcountWarningHandler} throws leaves the operation that warned, after the
 * operation and its repair have taken effect.
 *
 * <p>Mirrors {@code include/linux/refcount.h} and {@code lib/refcount.c} of Linux 6.19, divergences between the plain and
 * the {@code …Acquire} operations included. The kernel's {@code refcount_sub}, {@code inc_return} and {@code xchg} do not
 * exist there either: they cannot be made safe.
 */
/* Why getAndAdd and not its weaker forms: the JDK (17 and 25) makes one instruction of getAndAdd, and a retry loop of
 * getAndAddAcquire and getAndAddRelease. The weaker names would cost more, and would not be wait-free. With every decrement
 * acquiring and releasing, the order of puts follows from Java's own rules without a fence: docs/refcount.md. */
public final class Refcount {
    /** Where a bad counter rests: {@code REFCOUNT_SATURATED}, 3221225472 when read as unsigned. */
    public static final int SATURATED = 0xC000_0000;

    /** The largest live count: {@code REFCOUNT_MAX}. */
    public static final int MAX = Integer.MAX_VALUE;

    private static final VarHandle REFS;

    static {
        try {
            REFS = MethodHandles.lookup().findVarHandle(Refcount.class, "refs", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Runs between the two steps of a repair; read on the cold path only, null outside of tests. */
    static volatile RepairSeam repairSeam;

    @SuppressWarnings("UnusedVariable") // read through REFS only
    private int refs;

    /**
     * Starts a count: {@code REFCOUNT_INIT(n)}. Zero is a dead object, to be given life by {@code set}.
     * Whoever finds the object through a data race may see that zero too, and is refused by {@code incNotZero}.
     *
     * @param n references
     */
    public Refcount(int n) {
        refs = n;
    }

    /**
     * Sets the count while nobody shares the object: {@code refcount_set}.
     *
     * @param n references
     */
    public void set(int n) {
        storeOpaqueRefs(n);
    }

    /**
     * Sets the count as the last step of re-initialising an object that lock-free readers may still look at:
     * {@code refcount_set_release}. Matches the {@code …Acquire} operations.
     *
     * @param n references
     */
    public void setRelease(int n) {
        storeReleaseRefs(n);
    }

    /**
     * Returns the count, negative when it is bad: {@code refcount_read}. The kernel's unsigned value is
     * {@code Integer.toUnsignedLong(read())}.
     *
     * @return the count, which may have changed already
     */
    public int read() {
        return loadOpaqueRefs();
    }

    /** Adds 1 to a count of which the caller already owns a part: {@code refcount_inc}. */
    public void inc() {
        add(1);
    }

    /**
     * Adds {@code i} to a count of which the caller already owns a part: {@code refcount_add}. A count of 0 is
     * {@link RefcountWarning#ADD_UAF}, a bad or overflowing one {@link RefcountWarning#ADD_OVF}; both saturate.
     *
     * @param i references taken
     */
    public void add(int i) {
        int old = getAndAddVolatileRefs(i);
        if (old <= 0 || old + i < 0) {
            repairAdd(old);
        }
    }

    /**
     * Adds 1 unless the count is 0: {@code refcount_inc_not_zero}. See {@link #addNotZero}.
     *
     * @return false if the count was 0
     */
    public boolean incNotZero() {
        return addNotZero(1);
    }

    /**
     * Adds {@code i} unless the count is 0: {@code refcount_add_not_zero}. The object's existence must be guaranteed by
     * other means. True unless the count was 0: also when it is, or becomes, saturated
     * ({@link RefcountWarning#ADD_NOT_ZERO_OVF}), since a leaked object may safely be used.
     *
     * @param i references to take
     * @return false if the count was 0
     */
    public boolean addNotZero(int i) {
        int old;
        do {
            old = loadOpaqueRefs();
        } while (old != 0 && !weakCasAcquireRefs(old, old + i));
        if (old < 0 || old + i < 0) {
            repair(RefcountWarning.ADD_NOT_ZERO_OVF, old);
        }
        return old != 0;
    }

    /**
     * Adds 1 unless the count is 0 or at {@code MAX}: {@code refcount_inc_not_zero_acquire}. See
     * {@link #addNotZeroAcquire}.
     *
     * @return whether it added
     */
    public boolean incNotZeroAcquire() {
        return addNotZeroLimitedAcquire(1, MAX);
    }

    /**
     * Adds {@code i} unless the count is 0 or would pass {@code MAX}: {@code refcount_add_not_zero_acquire}.
     *
     * <p>Unlike {@link #addNotZero}, and unlike what the kernel's comment on it says, a saturated count gives false and
     * stays as it is, unreported: {@code MAX - count} wraps and is less than {@code i}.
     *
     * @param i references to take
     * @return whether it added
     */
    public boolean addNotZeroAcquire(int i) {
        return addNotZeroLimitedAcquire(i, MAX);
    }

    /**
     * Adds 1 unless the count is 0 or {@code limit} is reached: {@code __refcount_inc_not_zero_limited_acquire}. See
     * {@link #addNotZeroLimitedAcquire}.
     *
     * @param limit the largest count to arrive at
     * @return whether it added
     */
    public boolean incNotZeroLimitedAcquire(int limit) {
        return addNotZeroLimitedAcquire(1, limit);
    }

    /**
     * Adds {@code i} unless the count is 0 or would pass {@code limit}:
     * {@code __refcount_add_not_zero_limited_acquire}. False leaves the count alone and reports nothing.
     *
     * <p>The room left, {@code limit - count}, wraps. A saturated count and {@code i = 1} therefore give false for a limit
     * from 0x4000_0000 up, but true, a warning ({@link RefcountWarning#ADD_NOT_ZERO_OVF}) and a repair for a lower one.
     *
     * @param i references to take
     * @param limit the largest count to arrive at
     * @return whether it added
     */
    public boolean addNotZeroLimitedAcquire(int i, int limit) {
        int old;
        do {
            old = loadOpaqueRefs();
            if (old != 0 && i > limit - old) {
                return false;
            }
        } while (old != 0 && !weakCasAcquireRefs(old, old + i));
        if (old < 0 || old + i < 0) {
            repair(RefcountWarning.ADD_NOT_ZERO_OVF, old);
        }
        return old != 0;
    }

    /**
     * Drops one reference: {@code refcount_dec_and_test}. See {@link #subAndTest}.
     *
     * @return whether it was the last
     */
    public boolean decAndTest() {
        return subAndTest(1);
    }

    /**
     * Drops {@code i} references; true if they were the last, and the caller frees: {@code refcount_sub_and_test}. A count
     * that was 0, bad or less than {@code i} is {@link RefcountWarning#SUB_UAF}, saturates and gives false.
     *
     * @param i references dropped
     * @return whether they were the last
     */
    public boolean subAndTest(int i) {
        int old = getAndAddVolatileRefs(-i);
        if (old > 0 && old == i) {
            return true;
        }
        if (old <= 0 || old - i < 0) {
            repair(RefcountWarning.SUB_UAF, old);
        }
        return false;
    }

    /**
     * Drops one reference that is certainly not the last: {@code refcount_dec}. Reaching 0, or a count that was 0 or bad,
     * is {@link RefcountWarning#DEC_LEAK} and saturates.
     */
    public void dec() {
        int old = getAndAddVolatileRefs(-1);
        if (old <= 1) {
            repair(RefcountWarning.DEC_LEAK, old);
        }
    }

    /**
     * Turns exactly 1 into 0, and says whether it did: {@code refcount_dec_if_one}. Never warns, never saturates: for
     * attempts such as freeing an object that nobody else happens to use.
     *
     * @return whether the count was 1 and is 0 now
     */
    public boolean decIfOne() {
        return casVolatileRefs(1, 0);
    }

    /**
     * Drops one reference unless it is the last; false only for a count of 1: {@code refcount_dec_not_one}. A count of 0
     * is reported as {@link RefcountWarning#SUB_UAF} and left, {@code SATURATED} is left silently, and both give true.
     *
     * @return false if the count was 1
     */
    public boolean decNotOne() {
        int old;
        do {
            old = loadOpaqueRefs();
            if (old == 1) {
                return false;
            }
            if (old == SATURATED) {
                return true;
            }
            if (old == 0) {
                RefcountWarnings.report(RefcountWarning.SUB_UAF, this, 0);
                return true;
            }
        } while (!weakCasVolatileRefs(old, old - 1));
        return true;
    }

    /**
     * Drops one reference, and the last one only under {@code lock}: {@code refcount_dec_and_lock},
     * {@code refcount_dec_and_mutex_lock}. True means that the count reached 0 <em>and the caller holds the lock</em>, which
     * it must release; otherwise the lock is not held.
     *
     * @param lock the lock under which the object may be freed
     * @return whether the count reached 0, with the lock held
     * @throws NullPointerException if {@code lock} is null
     */
    public boolean decAndLock(Lock lock) {
        Objects.requireNonNull(lock, "decAndLock needs the lock that guards the object; use decAndTest without one");
        if (decNotOne()) {
            return false;
        }
        boolean zero = false;
        lock.lock();
        try {
            zero = decAndTest();
        } finally {
            if (!zero) {
                lock.unlock(); // also when a warning handler threw
            }
        }
        return zero;
    }

    /** Shows the count, as the kernel prints it: unsigned. */
    @Override
    public String toString() {
        return "Refcount[" + Integer.toUnsignedString(read()) + "]";
    }

    private void repairAdd(int old) {
        repair(old == 0 ? RefcountWarning.ADD_UAF : RefcountWarning.ADD_OVF, old);
    }

    /** The second step: the value has been made bad already, and others may have moved it since. */
    private void repair(RefcountWarning kind, int old) {
        RepairSeam seam = repairSeam;
        if (seam != null) {
            seam.betweenActAndRepair(this, kind, old);
        }
        storeOpaqueRefs(SATURATED);
        RefcountWarnings.report(kind, this, old);
    }

    private int loadOpaqueRefs() {
        return (int) REFS.getOpaque(this);
    }

    private void storeOpaqueRefs(int n) {
        REFS.setOpaque(this, n);
    }

    private void storeReleaseRefs(int n) {
        REFS.setRelease(this, n);
    }

    private int getAndAddVolatileRefs(int i) {
        return (int) REFS.getAndAdd(this, i);
    }

    private boolean weakCasAcquireRefs(int expected, int next) {
        return REFS.weakCompareAndSetAcquire(this, expected, next);
    }

    private boolean weakCasVolatileRefs(int expected, int next) {
        return REFS.weakCompareAndSet(this, expected, next);
    }

    /** Strong: must not fail while the value is the expected one. */
    private boolean casVolatileRefs(int expected, int next) {
        return REFS.compareAndSet(this, expected, next);
    }
}
