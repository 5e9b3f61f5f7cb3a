package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/**
 * One 64-bit word that is a {@code refcount_t} while its object is reachable and an {@code rcu_head} from the final put
 * on: the kernel's {@code union { refcount_t rcu_users; struct rcu_head rcu; }} of 5.4 to 6.3, with a tag that tells the
 * two meanings apart.
 *
 * <pre>
 *  63  62..60  59..........32  31.............0
 * +---+------+----------------+----------------+
 * | 0 |    0 |              0 | refcount_t     |  COUNT: live, or saturated
 * | 1 | func |          index | SATURATED (*)  |  HEAD: queued, running or freed
 * | 1 |  111 | 1111 ... 1111  | -1, -2, ...    |  BORROWED: puts too many, before the final put made a HEAD
 * +---+------+----------------+----------------+
 * (*) off by the stragglers whose repair has not landed yet
 * </pre>
 *
 * A put is one atomic subtraction. The one that returned 1 is the final put: it stores the HEAD over whatever puts too
 * many have made of its 0 meanwhile. Increments are compare-and-set loops that refuse zero and anything negative, so no
 * increment ever lands on a word that has seen its final put: exactly one put ever returns 1 between two {@link #init}
 * calls. A put too many lands on HEAD, where the low half starts at SATURATED (2<sup>30</sup> subtractions away from a
 * borrow out of it), is seen by its sign, reported and repaired; or on the zero before it is a HEAD, where it borrows
 * through all upper bits: function 7 with an index of all ones is never given to a HEAD, so nobody takes the pattern for
 * one.
 *
 * <p>Race budget: a HEAD is damaged only by 2<sup>30</sup> = 1,073,741,824 puts too many between their subtraction and
 * their repair at the same time; each needs a thread of its own.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.rcu.Rcu;
 * import org.jurcu.task.RcuUsersSlot;
 *
 * public class SlotOfAnObject {
 *     public static void main(String[] args) {
 *         try (Rcu rcu = Rcu.create("objects")) {
 *             RcuUsersSlot users = new RcuUsersSlot(7); // 7: what the head will name
 *             users.init(2);
 *             System.out.println(users.incNotZero()); // true: 3 users
 *             rcu.readLock(); // a reader that has found the object
 *             for (int user = 0; user < 3; user++) {
 *                 if (users.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT)) { // true once: the word is a head now
 *                     rcu.call(() -> System.out.println("no reader is left"));
 *                 }
 *             }
 *             System.out.println(users.incNotZero()); // false: the reader is too late, and told so
 *             rcu.readUnlock();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Memory effects.</b> Actions before a {@link #put} happen-before the return of the put that answers true (A:
 * every subtraction releases; B: the final one acquires, matches A). Actions before {@link #init} happen-before
 * a successful {@link #incNotZero} (acquire) that saw its count.
 *
 * <p><b>Progress.</b> {@code put}: wait-free where the hardware has an atomic add, but for the repair behind one too
 * many. All others: lock-free.
 *
 * <p>Mirrors {@code include/linux/sched.h} of 5.4 (the union) and {@code include/linux/refcount.h} (the count).
 */
public final class RcuUsersSlot extends RcuUsers {
    /** The head's function is {@code delayed_put_task_struct}: the grace period after the last rcu user. */
    public static final int DELAYED_PUT_TASK_STRUCT = 1;
    /** The head's function is {@code __put_task_struct_rcu_cb}: the grace period after the last usage. */
    public static final int PUT_TASK_STRUCT_RCU_CB = 2;
    /** The memory is free; not a function that can be queued. */
    static final int FREED = 3;
    /** {@code delayed_put_task_struct} has begun, so that the head is in no queue; not a function either. */
    static final int NOT_QUEUED = 4;

    /** Largest index that a head can name. */
    public static final int MAX_INDEX = (1 << 28) - 2;

    private static final long HEAD = 1L << 63;
    private static final int FUNC_SHIFT = 60;
    private static final int INDEX_SHIFT = 32;
    private static final long INDEX_MASK = (1L << 28) - 1;
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;
    private static final long SATURATED_LOW = Refcount.SATURATED & 0xFFFF_FFFFL;
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(RcuUsersSlot.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int index;

    @SuppressWarnings("unused") // through WORD
    private long word;

    /**
     * Makes a slot in the state of freed memory: every operation but {@link #init} is refused.
     *
     * @param index what a head names: the number of the object in its slab, 0 to {@link #MAX_INDEX}
     */
    public RcuUsersSlot(int index) {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException("index must be 0 to " + MAX_INDEX + ", not " + index);
        }
        this.index = index;
        WORD.setRelease(this, head(FREED));
    }

    /** {@code refcount_set}: the object is new and not yet shared; the word becomes a COUNT of {@code users}. */
    @Override
    public void init(int users) {
        if (users <= 0) {
            throw new IllegalArgumentException("an object starts with at least one user, not " + users);
        }
        WORD.setRelease(this, (long) users);
    }

    /**
     * Reads the count as the kernel's split field would show it: 0 from the final put on.
     *
     * @return the count; negative when saturated
     */
    @Override
    public int read() {
        long w = loadAcquireWord();
        return w < 0 ? 0 : (int) w;
    }

    /** Whether the word is an {@code rcu_head}. */
    public boolean isHead() {
        return isHead(loadAcquireWord());
    }

    /**
     * {@code refcount_inc}: for a caller that already owns a user. Unlike the kernel's, a late increment changes
     * nothing: it is reported as {@link RefcountWarning#ADD_UAF} and refused.
     */
    @Override
    public void inc() {
        if (!incNotZero(RefcountWarning.ADD_OVF)) {
            long w = loadAcquireWord();
            RefcountWarnings.report(RefcountWarning.ADD_UAF, this, w < 0 ? 0 : (int) w);
        }
    }

    /**
     * {@code refcount_inc_not_zero}: takes a user if there still is one.
     *
     * @return false from the final put on, for ever; true otherwise, also when saturated
     */
    @Override
    public boolean incNotZero() {
        return incNotZero(RefcountWarning.ADD_NOT_ZERO_OVF);
    }

    private boolean incNotZero(RefcountWarning overflow) {
        return incNotZero(loadOpaqueWord(), overflow);
    }

    /** Goes on from a word that was read; apart so that tests can come in between. */
    boolean incNotZero(long seen, RefcountWarning overflow) {
        long w = seen;
        while (w > 0) {
            long next = w < Refcount.MAX ? w + 1 : SATURATED_LOW; // the upper half of a COUNT is 0
            long witness = (long) WORD.compareAndExchangeAcquire(this, w, next);
            if (witness == w) {
                if (w >= Refcount.MAX) {
                    RefcountWarnings.report(overflow, this, (int) w);
                }
                return true;
            }
            w = witness;
        }
        return false; // zero, HEAD or BORROWED: the final put has been
    }

    /**
     * {@code put_task_struct_rcu_user} without its {@code call_rcu}: drops a user.
     *
     * @param func which function the head names if this was the last user
     * @return true for the final put, once: the word is a HEAD and the caller must queue it
     * @throws IllegalArgumentException if {@code func} is neither of the two functions
     */
    @Override
    public boolean put(int func) {
        if (func != DELAYED_PUT_TASK_STRUCT && func != PUT_TASK_STRUCT_RCU_CB) {
            throw new IllegalArgumentException("a head names one of the two functions of this class, not " + func);
        }
        // A: everything before this put before the final put's return. B: the final put's return after its subtraction,
        // matches A of every earlier put. Volatile is both; getAndAddRelease would be a CAS loop on HotSpot.
        long old = (long) WORD.getAndAdd(this, -1L);
        if (old - 2 >= 0 && old <= Refcount.MAX) {
            return false;
        }
        return putSlow(old, func);
    }

    /** Goes on from the subtraction; apart so that tests can come in between. */
    boolean putSlow(long old, int func) {
        if (old == 1L) {
            // Over 0, or over what puts too many have borrowed from it.
            WORD.setRelease(this, head(func));
            return true;
        }
        repair();
        RefcountWarnings.report(RefcountWarning.SUB_UAF, this, old < 0 ? 0 : (int) old);
        return false;
    }

    /** Brings the low half back to the middle of the saturation zone; the upper half of a HEAD stays as it is. */
    private void repair() {
        for (; ; ) {
            long w = loadOpaqueWord();
            if ((int) w >= 0) {
                return; // the memory serves again: nothing to repair
            }
            long next = (w & UPPER) | SATURATED_LOW;
            if (w == next || WORD.weakCompareAndSetRelease(this, w, next)) {
                return;
            }
        }
    }

    /**
     * Changes a HEAD's function, whatever stragglers do to its low half.
     *
     * @return false if the word is no HEAD of function {@code from}
     */
    @Override
    boolean changeFunc(int from, int to) {
        return changeFunc(loadAcquireWord(), from, to);
    }

    /** Goes on from a word that was read; apart so that tests can come in between. */
    boolean changeFunc(long seen, int from, int to) {
        long w = seen;
        while ((w & UPPER) == (head(from) & UPPER)) {
            if (WORD.weakCompareAndSetRelease(this, w, (head(to) & UPPER) | (w & ~UPPER))) {
                return true;
            }
            w = loadAcquireWord();
        }
        return false;
    }

    /** The function of a HEAD; checks that its payload is the one that was stored. */
    @Override
    int func() {
        long w = loadAcquireWord();
        if (!isHead(w) || ((w >>> INDEX_SHIFT) & INDEX_MASK) != index) {
            throw new IllegalStateException("the rcu_head of slot " + index + " is damaged: " + this);
        }
        return (int) (w >>> FUNC_SHIFT) & 7;
    }

    @Override
    void free() {
        changeFunc(PUT_TASK_STRUCT_RCU_CB, FREED);
    }

    @Override
    long word() {
        return loadAcquireWord();
    }

    private long head(int func) {
        return HEAD | (long) func << FUNC_SHIFT | (long) index << INDEX_SHIFT | SATURATED_LOW;
    }

    private static boolean isHead(long w) {
        return w < 0 && !isBorrowed(w);
    }

    private static boolean isBorrowed(long w) {
        return w >>> 32 == 0xFFFF_FFFFL;
    }

    private long loadAcquireWord() {
        return (long) WORD.getAcquire(this);
    }

    private long loadOpaqueWord() {
        return (long) WORD.getOpaque(this);
    }

    @Override
    public String toString() {
        long w = loadAcquireWord();
        if (isBorrowed(w)) {
            return "BORROWED " + (int) w;
        }
        return w < 0
                ? "HEAD func " + ((w >>> FUNC_SHIFT) & 7) + " index " + ((w >>> INDEX_SHIFT) & INDEX_MASK) + " low 0x"
                        + Integer.toHexString((int) w)
                : "COUNT " + (int) w;
    }
}
