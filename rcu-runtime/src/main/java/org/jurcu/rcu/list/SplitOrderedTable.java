package org.jurcu.rcu.list;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jurcu.rcu.RcuDomain;

/**
 * One sorted list of all elements, and an array of places at which to enter it: what the hash tables have in common.
 *
 * <p>The list is sorted by the bits of the hash read backwards. Whatever power of two the number of buckets is, the elements
 * of a bucket then stand side by side, and doubling the number splits each run in two without moving anything. Resizing
 * adds or takes away the beginnings of buckets; elements stay where they are. docs/collections.md has the proof.
 */
abstract class SplitOrderedTable<N extends HashedNode> implements Iterable<N> {
    static final int MAX_BUCKETS = 1 << 30;
    private static final int DEFAULT_BUCKETS = 16;
    private static final int MAX_STRIPES = 64;

    /** A table shrinks when it has fewer elements than this part of its buckets; it grows beyond one a bucket. */
    private static final int SHRINK_BELOW = 4;

    private static final VarHandle BUCKETS;

    static {
        try {
            BUCKETS = MethodHandles.lookup().findVarHandle(SplitOrderedTable.class, "buckets", HashedNode[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Asked in strict mode; null if nobody told. */
    private final RcuDomain domain;

    private final Stripe[] stripes;
    private final int leastBuckets;

    /** Held by whoever changes the number of buckets; taken before a stripe's lock, never while one is held. */
    private final ReentrantLock resizing = new ReentrantLock();

    /** After a growth that failed, the number of elements above which the next is tried; guarded by resizing. */
    private int growAbove;

    /** Where each bucket begins. An array is complete when it is published, and does not change from then on. */
    @SuppressWarnings("UnusedVariable") // read and written through BUCKETS
    private HashedNode[] buckets;

    SplitOrderedTable() {
        this(DEFAULT_BUCKETS);
    }

    SplitOrderedTable(int leastBuckets) {
        this(leastBuckets, null);
    }

    SplitOrderedTable(int leastBuckets, RcuDomain domain) {
        this.domain = domain;
        if (leastBuckets < 1 || leastBuckets > MAX_BUCKETS || Integer.bitCount(leastBuckets) != 1) {
            throw Misuse.bucketsOutOfRange(leastBuckets, 1);
        }
        this.leastBuckets = leastBuckets;
        // Never more stripes than buckets: then a bucket and the two that it is split into have one lock.
        stripes = new Stripe[Math.min(leastBuckets, MAX_STRIPES)];
        Arrays.setAll(stripes, i -> new Stripe());
        HashedNode[] first = {new HashedNode.Bucket(0)};
        while (first.length < leastBuckets) {
            first = doubled(first);
        }
        storeVolatileBuckets(first);
    }

    /** The element with {@code node}'s key. */
    abstract N lookupKeyOf(N node);

    abstract boolean sameKey(N a, N b);

    /** Where the bucket of that hash begins, in an array from {@link #loadAcquireBuckets}. */
    static HashedNode bucketOf(HashedNode[] buckets, int hash) {
        return buckets[hash & buckets.length - 1];
    }

    final HashedNode[] loadAcquireBuckets() {
        return (HashedNode[]) BUCKETS.getAcquire(this); // H1 D: matches C
    }

    private void storeVolatileBuckets(HashedNode[] fresh) {
        BUCKETS.setVolatile(this, fresh); // C: the beginnings are linked before they can be entered at; matches D
    }

    // ---- updates ----

    /**
     * Puts {@code node} into the table unless its key is there: {@code cds_lfht_add_unique()}.
     *
     * @return the element that has the key already, or null if {@code node} was put
     * @throws IllegalStateException if {@code node} is in a table
     */
    public final N putIfAbsent(N node) {
        return put(node, false);
    }

    /**
     * Puts {@code node} into the table, in the place of the element with its key if there is one, atomically for
     * readers: {@code cds_lfht_add_replace()}.
     *
     * @return the element whose place it took, or null
     * @throws IllegalStateException if {@code node} is in a table
     */
    public final N put(N node) {
        return put(node, true);
    }

    private N put(N node, boolean replacing) {
        node.checkUnowned();
        Stripe stripe = lock(node.hash);
        try {
            N existing = lookupKeyOf(node);
            if (existing == null) {
                HashedNode before = placeFor(node.hash);
                node.claim(this);
                link(before, node, before.loadAcquireNext()); // H2, H3
                stripe.add(1);
            } else if (replacing) {
                takePlace(predecessorOrNull(existing, existing.hash), existing, node);
                return existing;
            } else {
                return existing;
            }
        } finally {
            stripe.unlock();
        }
        if (stripe.loadOpaqueCount() > loadAcquireBuckets().length / stripes.length) {
            resizeAsNeeded();
        }
        return null;
    }

    /**
     * Puts {@code fresh} in the place of {@code old}, atomically for readers: {@code cds_lfht_replace()}.
     *
     * @return false if {@code old} is not in this table (any more); then nothing has changed
     * @throws IllegalArgumentException if {@code old} is in this table and their keys differ
     * @throws IllegalStateException if {@code fresh} is in a table
     */
    public final boolean replace(N old, N fresh) {
        for (; ; ) {
            int hash = old.hash;
            Stripe stripe = lock(hash);
            try {
                HashedNode before = old.isOwnedBy(this) ? predecessorOrNull(old, hash) : null;
                if (before != null) {
                    if (!sameKey(old, fresh)) { // only here nobody changes the key of old
                        throw Misuse.keysDiffer(old, fresh);
                    }
                    takePlace(before, old, fresh);
                    return true;
                }
                if (old.hash == hash) {
                    return false;
                }
            } finally {
                stripe.unlock();
            }
        }
    }

    /**
     * Takes {@code node} out: {@code cds_lfht_del()}. Its link stays, so that readers who stand on it go on.
     *
     * @return false if it is not in this table (any more)
     */
    public final boolean remove(N node) {
        for (; ; ) {
            // The hash is known only under the lock that it leads to: before, others may remove, rekey and put the
            // node. What
            // is found there cannot change; if it is not there, it was there never, or not at this moment.
            int hash = node.hash;
            Stripe stripe = lock(hash);
            try {
                HashedNode before = node.isOwnedBy(this) ? predecessorOrNull(node, hash) : null;
                if (before == null) {
                    if (node.hash == hash) {
                        return false;
                    }
                    continue;
                }
                unlink(stripe, before, node);
            } finally {
                stripe.unlock();
            }
            shrinkAsNeeded(stripe);
            return true;
        }
    }

    final Stripe lock(int hash) {
        Stripe stripe = stripes[hash & stripes.length - 1];
        stripe.lock();
        return stripe;
    }

    /** Takes out a node that was found under the stripe's lock, which is still held. */
    final void unlink(Stripe stripe, HashedNode node) {
        unlink(stripe, predecessorOrNull(node, node.hash), node);
    }

    private void unlink(Stripe stripe, HashedNode before, HashedNode node) {
        before.storeReleaseNext(node.loadAcquireNext()); // H4 A: once more, for the follower
        node.disown();
        stripe.add(-1);
        noteRemoval(node);
    }

    private void noteRemoval(HashedNode node) {
        if (Removal.STRICT) {
            node.noteRemoval(Removal.nowOrNull(domain)); // behind the unlinking
        }
    }

    /** After the stripe's lock was given back. */
    final void shrinkAsNeeded(Stripe stripe) {
        int length = loadAcquireBuckets().length;
        if (length > leastBuckets && (long) stripe.loadOpaqueCount() * stripes.length * SHRINK_BELOW < length) {
            resizeAsNeeded();
        }
    }

    /** Claims {@code fresh} and puts it in the place of {@code old}, behind {@code before}. */
    private void takePlace(HashedNode before, HashedNode old, HashedNode fresh) {
        fresh.claim(this);
        link(before, fresh, old.loadAcquireNext()); // H5, H6
        old.disown();
        noteRemoval(old);
    }

    /** Links a node that was claimed. If a call finds no stack, the node is given back. */
    private static void link(HashedNode before, HashedNode node, HashedNode after) {
        try {
            node.storePlainNext(after); // H2, H5
            before.storeReleaseNext(node); // H3, H6 A: contents and H2 before the node can be met; matches B
        } catch (Throwable e) {
            node.disown();
            throw e;
        }
    }

    /**
     * The last node in front of all elements with that hash: so a reader who has met one of them does not meet another
     * of the same key that was put later.
     */
    private HashedNode placeFor(int hash) {
        HashedNode before = bucketOf(loadAcquireBuckets(), hash);
        HashedNode next = before.loadAcquireNext();
        while (next != null && next.precedes(hash)) {
            before = next;
            next = next.loadAcquireNext();
        }
        return before;
    }

    /** Under the lock of the hash's stripe: the link in front of {@code node}, or null if it is not linked at that hash. */
    private HashedNode predecessorOrNull(HashedNode node, int hash) {
        HashedNode before = placeFor(hash);
        for (; ; ) {
            HashedNode next = before.loadAcquireNext();
            if (next == node) {
                return before;
            }
            if (next == null || next.hash != hash) {
                return null;
            }
            before = next;
        }
    }

    // ---- the number of buckets ----

    /** Returns the number of buckets at the moment. */
    public final int buckets() {
        return loadAcquireBuckets().length;
    }

    /**
     * Changes the number of buckets now: {@code cds_lfht_resize()}. Later updates change it again as the number of elements
     * demands, so this is of use before many are put.
     *
     * @param buckets a power of two, not below the number that the table was created with
     * @throws IllegalArgumentException if it is another number
     * @throws OutOfMemoryError if there is no memory for so many; the elements are all there, and the number is one between
     */
    public final void resize(int buckets) {
        if (buckets < leastBuckets || buckets > MAX_BUCKETS || Integer.bitCount(buckets) != 1) {
            throw Misuse.bucketsOutOfRange(buckets, leastBuckets);
        }
        resizing.lock();
        try {
            while (buckets() < buckets) {
                grow();
            }
            while (buckets() > buckets) {
                shrink();
            }
        } finally {
            resizing.unlock();
        }
    }

    /** Nobody waits here: if another thread is at it, the next update that finds the number unfit will try again. */
    private void resizeAsNeeded() {
        if (!resizing.tryLock()) {
            return;
        }
        try {
            int size = size();
            if (size > Math.max(buckets(), growAbove) && buckets() < MAX_BUCKETS) {
                growAbove = size + buckets() / 8; // if this fails; not with each update
                grow();
                growAbove = 0;
            } else if (size < buckets() / SHRINK_BELOW && buckets() > leastBuckets) {
                shrink();
                growAbove = 0;
            }
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The update is done, and must not seem to have failed; the table is slower than it might be, and complete.
        } finally {
            resizing.unlock();
        }
    }

    private void grow() {
        storeVolatileBuckets(doubled(loadAcquireBuckets())); // H8
    }

    private HashedNode[] doubled(HashedNode[] old) {
        HashedNode[] fresh = Arrays.copyOf(old, 2 * old.length);
        try {
            for (int i = old.length; i < fresh.length; i++) {
                Stripe stripe = lock(i);
                try {
                    fresh[i] = begin(old[i - old.length], i);
                } finally {
                    stripe.unlock();
                }
            }
        } catch (Throwable e) { // no memory: give back what there was
            unlinkUpperHalf(fresh);
            throw e;
        }
        return fresh;
    }

    /** Makes the beginning of a bucket; a test's may fail. */
    HashedNode newBucket(int number) {
        return new HashedNode.Bucket(number);
    }

    /** Links the beginning of bucket {@code number}, unless one is left over whose unlinking failed. */
    private HashedNode begin(HashedNode parent, int number) {
        HashedNode before = parent;
        HashedNode next = before.loadAcquireNext();
        while (next != null && next.precedes(number)) {
            before = next;
            next = next.loadAcquireNext();
        }
        if (next != null && next.hash == number) {
            return next;
        }
        HashedNode bucket = newBucket(number);
        bucket.storePlainNext(next);
        before.storeReleaseNext(bucket); // H7 A
        return bucket;
    }

    private void shrink() {
        HashedNode[] old = loadAcquireBuckets();
        HashedNode[] fresh = Arrays.copyOf(old, old.length / 2);
        storeVolatileBuckets(fresh); // H9: nobody enters at the upper half any more
        unlinkUpperHalf(old);
    }

    /** Unlinks the beginnings of the upper half, up to the first that is missing. Nobody enters at them. */
    private void unlinkUpperHalf(HashedNode[] all) {
        int half = all.length / 2;
        for (int i = half; i < all.length && all[i] != null; i++) {
            Stripe stripe = lock(i); // whoever gets it after us sees H9, and does not enter at all[i] to update
            try {
                HashedNode before = all[i - half];
                HashedNode next = before.loadAcquireNext();
                while (next != all[i]) {
                    before = next;
                    next = next.loadAcquireNext();
                }
                before.storeReleaseNext(next.loadAcquireNext()); // H10 A; the link of all[i] stays, as in H4
            } finally {
                stripe.unlock();
            }
        }
    }

    // ---- walks ----

    /** Returns the number of elements; while others update it is a number near it. */
    public final int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.loadOpaqueCount();
        }
        return size;
    }

    /** Returns whether there is no element at the moment. */
    public final boolean isEmpty() {
        return firstOrNull() == null;
    }

    /** Returns the first element of a walk, or null: {@code cds_lfht_first()}. Inside a section. */
    public final N firstOrNull() {
        return elementBehind(loadAcquireBuckets()[0]);
    }

    /**
     * Returns the next element of the walk, or null at the end: {@code cds_lfht_next()}. The caller found {@code node} in
     * this table, in the section that is still open; it may have been removed since.
     */
    public final N nextOrNull(N node) {
        return elementBehind(node);
    }

    @SuppressWarnings("unchecked") // only N is ever put, beside the beginnings of buckets
    private N elementBehind(HashedNode node) {
        HashedNode next = node.loadAcquireNext(); // H12 B: matches A
        while (next != null && !next.isElement()) {
            next = next.loadAcquireNext();
        }
        return (N) next;
    }

    /** Calls {@code visitor} with each element. Inside a section. */
    @Override
    public final void forEach(Consumer<? super N> visitor) {
        for (N node = firstOrNull(); node != null; node = nextOrNull(node)) {
            visitor.accept(node);
        }
    }

    /** Returns an iterator for one walk, to be used up inside the section in which it was made. It cannot remove. */
    @Override
    public final Iterator<N> iterator() {
        return new Walk();
    }

    /** Names class and size only: elements may be destroyed already. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[size=" + size() + ", buckets=" + buckets() + "]";
    }

    private final class Walk implements Iterator<N> {
        private N next = firstOrNull();

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public N next() {
            N node = next;
            if (node == null) {
                throw new NoSuchElementException("the walk is at its end: ask hasNext() first");
            }
            next = nextOrNull(node);
            return node;
        }
    }
}
