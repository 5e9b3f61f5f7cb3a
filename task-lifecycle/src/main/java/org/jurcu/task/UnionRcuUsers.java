package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountProfile;
import org.jurcu.refcount.RefcountStep;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.SlotDamage.Kind;
import org.jurcu.task.SlotDamage.Mode;

/**
 * {@link TaskLayout#UNION}: {@code union { refcount_t rcu_users; struct rcu_head rcu; }} as in Linux 5.4 to 6.3, bit by bit.
 *
 * <pre>
 *  little endian   63............32  31.............0        big endian: the halves change places
 *                 +----------------+----------------+
 *                 |              0 | refcount_t     |  as a count
 *                 | next[63:32]    | next[31:0]     |  as a head: the address of the head behind it, or NULL
 *                 +----------------+----------------+
 *                   func, at +8: no count operation reaches it
 * </pre>
 *
 * A count operation reads and writes 32 bits and no carry leaves them; here it is a compare-and-set of all 64, which
 * fails where the kernel's would not, if the other half changed meanwhile, and then finds the same count again. The
 * stores of the callback list are 64 bits wide. While it is a count, the other half is 0: dup_task_struct copies the
 * parent's, who lives, and init_task's was 0.
 *
 * <p>{@link #mode} is the checker's and is outside of the word: no operation asks it what to do. It is read before the
 * operation. A count operation is found out by it, or, if the word became a link since, by the other half of what the
 * operation replaced. Whoever owns a user pins the mode, so that nobody is accused who is in order.
 */
final class UnionRcuUsers extends RcuUsers {
    private static final long HALF = 0xFFFF_FFFFL;
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(UnionRcuUsers.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final UnionHost host;
    private final RefcountProfile profile;
    final int index;
    private final int shift;

    @SuppressWarnings("unused") // through WORD
    private long word;

    /** {@code rcu.func}; 0 from the start of the callback on. Ordered by the callback list's lock. */
    private int func;

    private volatile Mode mode = Mode.FREED;

    /**
     * How often it was queued: tells one queueing from the next. Written under the lock of the list that queues, before
     * {@link #mode}; read behind it, also by another CPU's list, on which it was queued before.
     */
    int queued;

    UnionRcuUsers(UnionHost host, int index, RefcountProfile profile, ByteOrder order) {
        if (index >= UnionAddress.LIMIT) {
            throw new IllegalStateException("the layout UNION has addresses for " + UnionAddress.LIMIT + " tasks only");
        }
        this.host = host;
        this.profile = profile;
        this.index = index;
        this.shift = order == ByteOrder.LITTLE_ENDIAN ? 0 : 32;
    }

    // ---- as a count ----

    @Override
    void init(int users) {
        WORD.setRelease(this, withCount(0, users));
        mode = Mode.COUNT;
    }

    @Override
    int read() {
        return count(loadAcquireWord());
    }

    @Override
    void inc() {
        inc(mode);
    }

    /** Goes on from a mode that was read; apart so that tests can come in between. */
    void inc(Mode before) {
        long old;
        RefcountStep step;
        do {
            old = loadAcquireWord();
            step = profile.inc(count(old));
        } while (!casWord(old, act(old, step, 1)));
        finish(before, old, step, false);
    }

    @Override
    boolean incNotZero() {
        return incNotZero(mode, loadAcquireWord());
    }

    /** Goes on from a mode and a word that were read; apart so that tests can come in between. */
    boolean incNotZero(Mode before, long seen) {
        long old = seen;
        while (countsQuietly(old)) {
            if (casWord(old, withCount(old, count(old) + 1))) {
                check(before, old, true, true);
                return true;
            }
            old = loadAcquireWord();
        }
        return incNotZeroSlow(before, old);
    }

    private boolean incNotZeroSlow(Mode before, long seen) {
        long old = seen;
        RefcountStep step = profile.addNotZero(count(old), 1);
        while (step.result() && !casWord(old, act(old, step, 1))) {
            old = loadAcquireWord();
            step = profile.addNotZero(count(old), 1);
        }
        if (step.result()) {
            finish(before, old, step, true);
        }
        return step.result();
    }

    /** {@code refcount_dec_and_test}. The function is written by {@code call_rcu}, as in the kernel. */
    @Override
    boolean put(int function) {
        Mode before = mode;
        long old = loadAcquireWord();
        while (countsQuietly(old)) {
            if (casWord(old, withCount(old, count(old) - 1))) {
                check(before, old, true, count(old) == 1);
                return count(old) == 1;
            }
            old = loadAcquireWord();
        }
        return putSlow(before);
    }

    private boolean putSlow(Mode before) {
        long old;
        RefcountStep step;
        do {
            old = loadAcquireWord();
            step = profile.subAndTest(count(old), 1);
        } while (!casWord(old, act(old, step, -1)));
        finish(before, old, step, step.result());
        return step.result();
    }

    /** Where both generations add and subtract one and have nothing to say: the way that allocates nothing. */
    private boolean countsQuietly(long w) {
        int count = count(w);
        return count > 0 && count < Refcount.MAX;
    }

    /** The word after the operation, before its repair: today's acts first, the one of 5.4 looked first. */
    private long act(long old, RefcountStep step, int i) {
        return withCount(old, profile == RefcountProfile.CURRENT ? count(old) + i : step.value());
    }

    /** The second step of today's, a 32-bit store; the checker's word; then the warning, whose handler may throw. */
    private void finish(Mode before, long old, RefcountStep step, boolean granted) {
        if (step.warning() != null && profile == RefcountProfile.CURRENT) {
            storeCount(step.value());
        }
        check(before, old, step.value() != count(old), granted);
        if (step.warning() != null) {
            RefcountWarnings.report(step.warning(), this, count(old));
        }
    }

    private void storeCount(int count) {
        long old;
        do {
            old = loadAcquireWord();
        } while (!casWord(old, withCount(old, count)));
    }

    private boolean casWord(long old, long next) {
        return WORD.weakCompareAndSet(this, old, next);
    }

    private int count(long w) {
        return (int) (w >>> shift);
    }

    private long withCount(long w, int count) {
        return (w & ~(HALF << shift)) | ((count & HALF) << shift);
    }

    /** What the checker has to say about a count operation. */
    private void check(Mode before, long old, boolean changed, boolean granted) {
        boolean link = (old & ~(HALF << shift)) != 0;
        if (before == Mode.COUNT && !link && (count(old) > 0 || mode == Mode.COUNT)) {
            return; // a count of 0 may be the NULL of a head that was queued meanwhile
        }
        Mode truth = before == Mode.COUNT ? mode : before;
        long now = loadAcquireWord();
        if (changed) {
            host.damage(index, new SlotDamage(Kind.COUNT_OP_ON_RCU_HEAD, truth, old, now));
        }
        if (granted) {
            host.damage(index, new SlotDamage(Kind.BOGUS_SUCCESS, truth, old, now));
        }
    }

    // ---- as a head; by the callback list ----

    Mode mode() {
        return mode;
    }

    /** {@code __call_rcu}: writes all 16 bytes, the function first. */
    void beginHead(int function) {
        long old = loadAcquireWord();
        if (mode == Mode.QUEUED) {
            host.damage(index, new SlotDamage(Kind.QUEUED_TWICE, Mode.QUEUED, old, 0));
        }
        queued++;
        mode = Mode.QUEUED;
        func = function;
        storeNext(0);
    }

    /** The dequeued head's function is cleared just before it is called; the link stays as it is. */
    void beginInvoke() {
        func = 0;
        mode = Mode.INVOKED;
    }

    void storeNext(long address) {
        WORD.setVolatile(this, address);
    }

    long loadNext() {
        return loadAcquireWord();
    }

    long address() {
        return UnionAddress.of(index);
    }

    @Override
    int func() {
        return func;
    }

    @Override
    boolean changeFunc(int from, int to) {
        if (func != from) {
            return false;
        }
        func = to;
        return true;
    }

    @Override
    void free() {
        mode = Mode.FREED;
    }

    @Override
    long word() {
        return loadAcquireWord();
    }

    private long loadAcquireWord() {
        return (long) WORD.getAcquire(this);
    }

    @Override
    public String toString() {
        return String.format("%s 0x%016x", mode, word());
    }
}
