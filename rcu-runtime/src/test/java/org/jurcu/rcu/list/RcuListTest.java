package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jurcu.rcu.Rcu;

class RcuListTest {
    private final RcuList<Item> list = new RcuList<>();
    private final Item a = new Item(1);
    private final Item b = new Item(2);
    private final Item c = new Item(3);

    private void fill() {
        list.addTail(a);
        list.addTail(b);
        list.addTail(c);
    }

    private static List<Integer> ids(RcuList<Item> list) {
        List<Integer> forwards = new ArrayList<>();
        list.forEach(item -> forwards.add(item.id));
        List<Integer> iterated = new ArrayList<>();
        for (Item item : list) {
            iterated.add(item.id);
        }
        assertEquals(forwards, iterated);
        return forwards;
    }

    private static void assertRefused(String sentence, Executable misuse) {
        RuntimeException e = assertThrows(RuntimeException.class, misuse);
        assertTrue(
                e.getClass() == IllegalStateException.class || e.getClass() == IllegalArgumentException.class,
                e::toString);
        assertTrue(e.getMessage().contains(sentence), e.getMessage());
    }

    @Test
    void isEmptyAtFirst() {
        assertTrue(list.isEmpty());
        assertNull(list.firstOrNull());
        assertEquals(List.of(), ids(list));
    }

    @Test
    void addsAtEachPlace() {
        list.add(b);
        list.add(a);
        list.addTail(c);
        assertEquals(List.of(1, 2, 3), ids(list));
        list.addBefore(new Item(10), a);
        list.addBefore(new Item(20), b);
        list.addBehind(new Item(25), b);
        list.addBehind(new Item(30), c);
        assertEquals(List.of(10, 1, 20, 2, 25, 3, 30), ids(list));
        assertFalse(list.isEmpty());
    }

    @Test
    void aDeletedNodeStillLeadsOn() {
        fill();
        list.del(b);
        assertEquals(List.of(1, 3), ids(list));
        assertSame(c, list.nextOrNull(b));
        list.del(c);
        assertSame(c, list.nextOrNull(b), "whoever stands on b came before c was deleted");
        assertNull(list.nextOrNull(c));
        list.del(a);
        assertTrue(list.isEmpty());
    }

    @Test
    void aReplacedNodeStillLeadsOn() {
        fill();
        Item fresh = new Item(4);
        list.replace(b, fresh);
        assertEquals(List.of(1, 4, 3), ids(list));
        assertSame(c, list.nextOrNull(b));
        list.replace(a, b);
        list.replace(c, a);
        assertEquals(List.of(2, 4, 1), ids(list));
        list.del(fresh);
        list.del(a);
        list.del(b);
        assertTrue(list.isEmpty());
    }

    @Test
    void aDeletedNodeCanBeAddedAgainAnywhere() {
        fill();
        list.del(a);
        list.addTail(a);
        assertEquals(List.of(2, 3, 1), ids(list));
        list.del(a);
        RcuList<Item> other = new RcuList<>();
        other.add(a);
        assertEquals(List.of(1), ids(other));
        assertNull(other.nextOrNull(a));
    }

    @Test
    void refusesWhatWouldBreakTheRing() {
        fill();
        Item stranger = new Item(9);
        assertRefused("in a collection already", () -> list.add(a));
        assertRefused("in a collection already", () -> list.addTail(c));
        assertRefused("in a collection already", () -> list.addBefore(a, b));
        assertRefused("in a collection already", () -> list.addBehind(b, b));
        assertRefused("in a collection already", () -> list.replace(a, b));
        assertRefused("in no list", () -> list.replace(stranger, new Item(8)));
        assertRefused("in no list", () -> list.del(stranger));
        assertRefused("in no list", () -> list.addBefore(new Item(8), stranger));
        assertRefused("in no list", () -> list.addBehind(new Item(8), stranger));
        assertRefused("never in a list", () -> list.nextOrNull(stranger));
        assertEquals(List.of(1, 2, 3), ids(list));
        list.del(b);
        assertRefused("delete each node once", () -> list.del(b));
        list.replace(a, stranger);
        assertRefused("in no list", () -> list.del(a));
        assertEquals(List.of(9, 3), ids(list));
    }

    @Test
    void theIteratorEndsWithAnException() {
        list.add(a);
        Iterator<Item> walk = list.iterator();
        assertSame(a, walk.next());
        assertFalse(walk.hasNext());
        assertThrows(NoSuchElementException.class, walk::next);
        assertThrows(UnsupportedOperationException.class, walk::remove);
    }

    @Test
    void entriesHoldWhatIsNoNode() {
        RcuList<RcuListEntry<String>> names = new RcuList<>();
        names.add(new RcuListEntry<>("init"));
        assertEquals("init", names.firstOrNull().element());
    }

    @Test
    void splicesToBothEndsAndLeavesTheSourceUsable() {
        try (Rcu rcu = Rcu.create("splice")) {
            fill();
            RcuList<Item> source = new RcuList<>();
            source.addTail(new Item(10));
            source.addTail(new Item(11));
            list.spliceInit(source, rcu);
            assertEquals(List.of(10, 11, 1, 2, 3), ids(list));
            assertTrue(source.isEmpty());
            source.addTail(new Item(20));
            source.addTail(new Item(21));
            list.spliceTailInit(source, rcu);
            assertEquals(List.of(10, 11, 1, 2, 3, 20, 21), ids(list));
            assertEquals(2, rcu.stats().gracePeriods());
            list.spliceInit(source, rcu);
            assertEquals(2, rcu.stats().gracePeriods(), "an empty list needs no grace period");
            for (Item item : list) {
                list.del(item); // backwards links are right too
            }
            assertTrue(list.isEmpty());
        }
    }

    @Test
    void aListIsNotSplicedIntoItself() {
        fill();
        try (Rcu rcu = Rcu.create("splice")) {
            assertRefused("into itself", () -> list.spliceInit(list, rcu));
            assertRefused("into itself", () -> list.spliceTailInit(list, rcu));
            assertEquals(0, rcu.stats().gracePeriods());
        }
        assertEquals(List.of(1, 2, 3), ids(list));
    }

    @Test
    void aSpliceThatMayNotWaitChangesNothing() {
        try (Rcu rcu = Rcu.create("splice")) {
            RcuList<Item> source = new RcuList<>();
            source.addTail(a);
            source.addTail(b);
            list.add(c);
            rcu.readLock();
            assertRefused("unlock first", () -> list.spliceInit(source, rcu));
            rcu.readUnlock();
            assertEquals(List.of(1, 2), ids(source));
            source.addTail(new Item(4));
            assertEquals(List.of(1, 2, 4), ids(source));
            assertEquals(List.of(3), ids(list));
        }
    }

    @Test
    void aSpliceThatFailsLosesNothing() {
        RcuList<Item> source = new RcuList<>();
        source.addTail(a);
        source.addTail(b);
        list.add(c);
        for (boolean atFront : new boolean[] {true, false}) {
            assertThrows(
                    OutOfMemoryError.class,
                    () -> list.splice(
                            source,
                            () -> {
                                throw new OutOfMemoryError("scripted");
                            },
                            atFront));
            assertEquals(List.of(1, 2), ids(source));
            assertEquals(List.of(3), ids(list));
        }
        source.addTail(new Item(4));
        assertEquals(List.of(1, 2, 4), ids(source));
    }

    @Test
    void aDeletedNodeThatIsKeptCanForgetItsFollower() {
        fill();
        assertRefused("in a collection already", a::initDeleted);
        assertEquals(List.of(1, 2, 3), ids(list));
        list.del(a);
        assertSame(b, a.loadPlainNext());
        a.initDeleted();
        assertNull(a.loadPlainNext(), "or it would keep b, and whatever comes to stand behind b, from the collector");
        assertRefused("has forgotten it", () -> list.nextOrNull(a));
        assertRefused("in no list", () -> list.del(a));
        list.addTail(a);
        assertEquals(List.of(2, 3, 1), ids(list));
        new Item(9).initDeleted(); // of a node that was never added: nothing
    }
}
