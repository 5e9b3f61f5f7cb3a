package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RcuHashTableTest {
    private final RcuIntTable<IntItem> ints = new RcuIntTable<>();
    private final RcuHashTable<String, RcuHashEntry<String, Integer>> names = new RcuHashTable<>();

    private static RcuHashEntry<String, Integer> entry(String key, int value) {
        return new RcuHashEntry<>(key, value);
    }

    private static <E extends RuntimeException> void assertRefused(Class<E> type, String sentence, Executable misuse) {
        E e = assertThrows(type, misuse);
        assertTrue(e.getMessage().contains(sentence), e.getMessage());
    }

    @Test
    void findsWhatWasPut() {
        assertNull(names.lookup("a"));
        assertNull(names.put(entry("a", 1)));
        assertNull(names.putIfAbsent(entry("b", 2)));
        assertEquals(1, names.lookup("a").value());
        assertEquals(2, names.lookup("b").value());
        assertEquals(1, names.putIfAbsent(entry("a", 3)).value());
        assertEquals(1, names.lookup("a").value());
        assertEquals(1, names.put(entry("a", 4)).value());
        assertEquals(4, names.lookup("a").value());
        assertEquals(2, names.size());
        assertEquals("RcuHashTable[size=2, buckets=16]", names.toString());
    }

    @Test
    void replacesOnlyWhatIsThere() {
        RcuHashEntry<String, Integer> first = entry("a", 1);
        RcuHashEntry<String, Integer> second = entry("a", 2);
        RcuHashEntry<String, Integer> third = entry("a", 3);
        assertFalse(names.replace(first, second));
        names.put(first);
        assertTrue(names.replace(first, second));
        assertFalse(names.replace(first, third), "first is not there any more");
        assertSame(second, names.lookup("a"));
        assertRefused(IllegalArgumentException.class, "has another key", () -> names.replace(second, entry("b", 2)));
        assertEquals(1, names.size());
    }

    @Test
    void removesByKeyAndByNodeEachOnce() {
        RcuHashEntry<String, Integer> a = entry("a", 1);
        names.put(a);
        assertFalse(names.remove(entry("a", 1)), "equal keys, but another node");
        assertTrue(names.remove(a));
        assertFalse(names.remove(a));
        assertNull(names.removeKey("a"));
        names.put(a);
        assertSame(a, names.removeKey("a"));
        assertNull(names.lookup("a"));
        assertTrue(names.isEmpty());
        assertEquals(0, names.size());
    }

    @Test
    void keysThatCollideAreToldApart() {
        names.put(entry("Aa", 1));
        names.put(entry("BB", 2)); // "Aa".hashCode() == "BB".hashCode()
        assertEquals(1, names.lookup("Aa").value());
        assertEquals(2, names.lookup("BB").value());
        assertEquals(1, names.removeKey("Aa").value());
        assertEquals(2, names.lookup("BB").value());
        assertThrows(NullPointerException.class, () -> names.lookup(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 0x5555_5555})
    void everyIntIsAKey(int key) {
        for (int other = key - 3; other != key + 3; other++) {
            assertNull(ints.put(new IntItem(other)));
        }
        assertEquals(key, ints.lookup(key).key());
        assertEquals(key, ints.removeKey(key).key());
        assertNull(ints.lookup(key));
        assertEquals(key - 1, ints.lookup(key - 1).key());
    }

    /** A bucket's beginning has the number of the bucket as its hash; no element may be taken for it. */
    @Test
    void theBeginningOfABucketIsNoElement() {
        ints.resize(1 << 10);
        for (int key = 0; key < 1 << 12; key++) {
            assertNull(ints.lookup(key));
        }
        assertNull(ints.firstOrNull());
        assertTrue(ints.isEmpty());
    }

    @Test
    void growsAndShrinksByItself() {
        for (int i = 0; i < 10_000; i++) {
            ints.put(new IntItem(i));
        }
        assertTrue(ints.buckets() >= 8192, ints::toString);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(i, ints.removeKey(i).key());
        }
        assertEquals(16, ints.buckets());
        assertEquals(0, ints.size());
    }

    /** With random places a look-up that succeeds passes 1.5 elements, if there are as many as buckets. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 16, 100, 1000, 1024, 4096, 65_535, 65_536, 1_000_003, 1 << 20, -1, -4096})
    void noStrideLengthensItsBuckets(int stride) {
        for (int size = 64; size <= 1 << 16; size <<= 2) {
            int[] inBucket = new int[size];
            long steps = 0;
            Set<Integer> keys = new HashSet<>();
            for (int key = 0; keys.size() < size && keys.add(key); key += stride) {
                steps += ++inBucket[RcuIntNode.hashOf(key) & size - 1];
            }
            assertTrue(steps <= 1.7 * keys.size(), steps + " steps to find each of " + keys.size() + " keys");
        }
    }

    @Test
    void resizesWhenAskedAndRefusesWhatIsNoSize() {
        for (int i = 0; i < 100; i++) {
            ints.put(new IntItem(i));
        }
        for (int buckets : new int[] {1024, 16, 64, 32, 4096, 16}) {
            ints.resize(buckets);
            assertEquals(buckets, ints.buckets());
            for (int i = 0; i < 100; i++) {
                assertEquals(i, ints.lookup(i).key());
            }
            int[] met = new int[100];
            ints.forEach(item -> met[item.key()]++);
            for (int i = 0; i < 100; i++) {
                assertEquals(1, met[i]);
            }
        }
        for (int wrong : new int[] {0, 8, 17, -16, Integer.MIN_VALUE}) {
            assertRefused(IllegalArgumentException.class, "16 to 1073741824", () -> ints.resize(wrong));
        }
        assertRefused(IllegalArgumentException.class, "a power of two", () -> new RcuIntTable<IntItem>(3));
        assertRefused(IllegalArgumentException.class, "a power of two", () -> new RcuHashTable<>(0));
        assertEquals(1, new RcuIntTable<IntItem>(1).buckets());
    }

    @Test
    void aBeginningThatIsTakenAwayStillLeadsOn() {
        RcuIntTable<IntItem> table = new RcuIntTable<>(1);
        for (int key = 0; key < 2; key++) {
            table.put(new IntItem(key));
        }
        table.resize(8);
        HashedNode[] old = table.loadAcquireBuckets();
        HashedNode[] followers =
                Arrays.stream(old).map(HashedNode::loadAcquireNext).toArray(HashedNode[]::new);
        table.resize(4);
        for (int i = 4; i < 8; i++) {
            assertSame(followers[i], old[i].loadAcquireNext());
        }
        assertTrue(Arrays.stream(followers).anyMatch(Objects::nonNull));
    }

    /** The array is read under the lock: one that was read before may lead to a beginning that is dead by now. */
    @Test
    void anUpdaterThatWaitedForItsLockEntersWhereTheTableBeginsNow() throws InterruptedException {
        RcuIntTable<IntItem> table = new RcuIntTable<>(1);
        table.resize(2);
        int key = 0;
        while ((RcuIntNode.hashOf(key) & 1) == 0) { // a key of the bucket that will go
            key++;
        }
        IntItem item = new IntItem(key);
        Stripe stripe = table.lock(item.hash);
        Thread updater = new Thread(() -> table.put(item));
        try {
            updater.start();
            while (updater.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            table.resize(1); // the lock is reentrant, so this thread may
        } finally {
            stripe.unlock();
        }
        updater.join();
        assertSame(item, table.lookup(key));
    }

    @Test
    void aNodeIsInOneTableOnly() {
        IntItem item = new IntItem(1);
        RcuIntTable<IntItem> other = new RcuIntTable<>();
        ints.put(item);
        assertRefused(IllegalStateException.class, "in a collection already", () -> ints.put(item));
        assertRefused(IllegalStateException.class, "in a collection already", () -> ints.putIfAbsent(item));
        assertRefused(IllegalStateException.class, "in a collection already", () -> ints.replace(item, item));
        assertRefused(IllegalStateException.class, "in a collection already", () -> other.put(item));
        assertRefused(IllegalStateException.class, "found by its key", () -> item.rekey(2));
        assertFalse(other.remove(item));
        assertSame(item, ints.lookup(1));
        assertTrue(ints.remove(item));
        item.rekey(2);
        assertNull(other.put(item));
        assertSame(item, other.lookup(2));
        assertNull(other.lookup(1));
    }

    @Test
    void aRemovedNodeStillLeadsOn() {
        for (int i = 0; i < 8; i++) {
            ints.put(new IntItem(i));
        }
        IntItem first = ints.firstOrNull();
        IntItem second = ints.nextOrNull(first);
        IntItem third = ints.nextOrNull(second);
        ints.remove(first);
        ints.remove(third);
        assertSame(second, ints.nextOrNull(first));
        IntItem fresh = new IntItem(second.key());
        ints.replace(second, fresh);
        assertEquals(second.key(), ints.nextOrNull(first).key(), "either of the two");
        assertSame(ints.nextOrNull(fresh), ints.nextOrNull(second));
        assertFalse(ints.remove(third));
        assertEquals(6, ints.size());
    }

    @Test
    void theIteratorEndsWithAnException() {
        ints.put(new IntItem(1));
        Iterator<IntItem> walk = ints.iterator();
        assertEquals(1, walk.next().key());
        assertFalse(walk.hasNext());
        assertThrows(NoSuchElementException.class, walk::next);
        assertThrows(UnsupportedOperationException.class, walk::remove);
    }

    @Test
    void aRemovedNodeThatIsKeptCanForgetItsFollower() {
        for (int i = 0; i < 8; i++) {
            ints.put(new IntItem(i));
        }
        IntItem first = ints.firstOrNull();
        assertRefused(IllegalStateException.class, "in a collection already", first::initDeleted);
        assertSame(first, ints.firstOrNull());
        assertTrue(ints.remove(first));
        assertTrue(first.loadAcquireNext() != null);
        first.initDeleted();
        assertNull(first.loadAcquireNext());
        assertNull(ints.put(first));
        assertEquals(8, ints.size());
    }

    private interface Change {
        boolean on(RcuIntTable<IntItem> table, IntItem item, int newKey);
    }

    /** While an updater waits for the lock that the old key leads to, the node gets another key and another lock. */
    private static void waitsForTheLockOfTheNewKey(Change change) throws Exception {
        RcuIntTable<IntItem> table = new RcuIntTable<>();
        IntItem item = new IntItem(0);
        table.put(item);
        int newKey = 1;
        while ((RcuIntNode.hashOf(newKey) & 15) == (item.hash & 15)) {
            newKey++;
        }
        int key = newKey;
        Stripe oldStripe = table.lock(item.hash);
        Stripe newStripe = table.lock(RcuIntNode.hashOf(key));
        FutureTask<Boolean> updater = new FutureTask<>(() -> change.on(table, item, key));
        Thread thread = new Thread(updater);
        try {
            thread.start();
            while (!oldStripe.hasQueuedThread(thread)) {
                Thread.onSpinWait();
            }
            assertTrue(table.remove(item)); // the locks are reentrant, so this thread may
            item.rekey(key);
            table.put(item);
            oldStripe.unlock();
            while (!newStripe.hasQueuedThread(thread) && thread.isAlive()) {
                Thread.onSpinWait();
            }
            assertTrue(thread.isAlive(), "it has changed what another lock guards");
            assertSame(item, table.lookup(key));
        } finally {
            newStripe.unlock();
        }
        assertTrue(updater.get());
        assertTrue(table.lookup(key) != item);
    }

    @Test
    void aRemovalFollowsANodeThatGetsAnotherKey() throws Exception {
        waitsForTheLockOfTheNewKey((table, item, newKey) -> table.remove(item));
    }

    @Test
    void aReplacementFollowsANodeThatGetsAnotherKey() throws Exception {
        waitsForTheLockOfTheNewKey((table, item, newKey) -> table.replace(item, new IntItem(newKey)));
    }

    /** A table that runs out of memory for the beginnings of buckets. */
    private static final class PoorTable extends SplitOrderedTable<IntItem> {
        private int left = 4;
        private int refused;

        PoorTable() {
            super(1);
        }

        @Override
        HashedNode newBucket(int number) {
            if (left == 0) {
                refused++;
                throw new OutOfMemoryError("scripted");
            }
            left--;
            return super.newBucket(number);
        }

        int beginnings() {
            int count = 0;
            for (HashedNode node = loadAcquireBuckets()[0]; node != null; node = node.loadAcquireNext()) {
                count += node.isElement() ? 0 : 1;
            }
            return count;
        }

        @Override
        IntItem lookupKeyOf(IntItem node) {
            for (IntItem item : this) {
                if (sameKey(item, node)) {
                    return item;
                }
            }
            return null;
        }

        @Override
        boolean sameKey(IntItem a, IntItem b) {
            return a.key() == b.key();
        }
    }

    @Test
    void anUpdateIsDoneThoughTheTableCannotGrow() {
        PoorTable table = new PoorTable(); // it has 2, then 4, and memory for one of the four more that make 8
        for (int key = 0; key < 100; key++) {
            assertNull(table.put(new IntItem(key)));
        }
        assertEquals(100, table.size());
        assertEquals(4, table.buckets());
        assertEquals(4, table.beginnings(), "those of the growth that failed are given back");
        int refused = table.refused;
        assertTrue(refused > 1, "it tries again");
        assertThrows(OutOfMemoryError.class, () -> table.resize(16));
        assertEquals(4, table.beginnings());
        table.left = Integer.MAX_VALUE;
        table.resize(128);
        assertEquals(128, table.beginnings());
        assertEquals(100, table.size());
    }

    @Test
    void aGrowthThatFailedIsNotTriedAtEachUpdate() {
        PoorTable table = new PoorTable();
        table.left = Integer.MAX_VALUE;
        table.resize(256);
        table.left = 0;
        for (int key = 0; key < 256 + 64; key++) {
            table.put(new IntItem(key));
        }
        assertEquals(2, table.refused, "at 257 elements, and when there are an eighth more");
    }
}
