package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.jurcu.rcu.Rcu;

/** What the collections check in strict mode, if they were told their domain. */
@Tag("strict")
class CollectionsStrictTest {
    private final Rcu rcu = Rcu.create("strict");
    private final RcuList<Item> list = new RcuList<>(rcu);
    private final RcuIntTable<IntItem> table = new RcuIntTable<>(16, rcu);

    @BeforeEach
    void checkMode() {
        assertTrue(Removal.STRICT, "this class needs -Djurcu.strict=true");
    }

    @AfterEach
    void close() {
        rcu.close();
    }

    private static void assertTooEarly(Executable use) {
        String message = assertThrows(IllegalStateException.class, use).getMessage();
        assertTrue(message.contains("readers may still stand on it"), message);
        assertTrue(message.contains("\"strict\""), message);
    }

    @Test
    void aDeletedNodeIsRefusedUntilAGracePeriodHasElapsed() {
        Item node = new Item(1);
        list.add(node);
        list.del(node);
        RcuList<Item> other = new RcuList<>(); // it is the node's domain that counts
        for (RcuList<Item> refusing : List.of(list, other)) {
            assertTooEarly(() -> refusing.add(node));
            assertTooEarly(() -> refusing.addTail(node));
        }
        assertTooEarly(node::initDeleted);
        assertTrue(list.isEmpty());
        rcu.synchronize();
        other.add(node);
        assertEquals(node, other.firstOrNull());
    }

    @Test
    void aReplacedNodeIsRefusedTooAndMayNotReplace() {
        Item old = new Item(1);
        Item fresh = new Item(2);
        list.add(old);
        list.replace(old, fresh);
        assertTooEarly(() -> list.replace(fresh, old));
        assertTooEarly(() -> list.addBehind(old, fresh));
        rcu.synchronize();
        list.replace(fresh, old);
        assertEquals(old, list.firstOrNull());
    }

    /** A period that was in progress at the removal says nothing. */
    @Test
    void itsCallbackMayUseANodeAgain() {
        Item node = new Item(1);
        list.add(node);
        list.del(node);
        rcu.call(() -> list.add(node));
        rcu.barrier();
        assertEquals(0, rcu.stats().callbackFailures());
        assertEquals(node, list.firstOrNull());
    }

    @Test
    void aNodeOfATableIsRefusedHoweverItWasRemoved() {
        List<BiFunction<RcuIntTable<IntItem>, IntItem, Boolean>> removals = List.of(
                RcuIntTable::remove,
                (table, node) -> table.removeKey(node.key()) == node,
                (table, node) -> table.replace(node, new IntItem(node.key())),
                (table, node) -> table.put(new IntItem(node.key())) == node);
        for (BiFunction<RcuIntTable<IntItem>, IntItem, Boolean> removal : removals) {
            IntItem node = new IntItem(7);
            RcuIntTable<IntItem> other = new RcuIntTable<>();
            table.removeKey(7);
            table.put(node);
            assertTrue(removal.apply(table, node));
            int left = table.size();
            assertTooEarly(() -> table.put(node));
            assertTooEarly(() -> other.putIfAbsent(node));
            assertTooEarly(() -> node.rekey(8));
            assertTooEarly(node::initDeleted);
            assertEquals(left, table.size());
            assertTrue(other.isEmpty());
            rcu.synchronize();
            node.rekey(8);
            assertNull(table.put(node));
            assertTrue(table.remove(node));
        }
    }

    @Test
    void aReplacementMustBeFreshOrOld() {
        RcuHashTable<String, RcuHashEntry<String, Integer>> names = new RcuHashTable<>(16, rcu);
        RcuHashEntry<String, Integer> first = new RcuHashEntry<>("a", 1);
        RcuHashEntry<String, Integer> second = new RcuHashEntry<>("a", 2);
        names.put(first);
        assertTrue(names.replace(first, second));
        assertTooEarly(() -> names.replace(second, first));
        assertEquals(second, names.lookup("a"));
        rcu.synchronize();
        assertTrue(names.replace(second, first));
    }

    @Test
    void whoDoesNotTellTheDomainOrClosesItIsNotChecked() {
        RcuList<Item> untold = new RcuList<>();
        Item node = new Item(1);
        untold.add(node);
        untold.del(node);
        untold.add(node);
        untold.del(node);
        list.add(node);
        list.del(node);
        rcu.close();
        list.add(node);
        list.del(node);
        list.add(node);
        IntItem item = new IntItem(1);
        assertNull(table.put(item));
        assertTrue(table.remove(item));
        assertNull(table.put(item));
        assertFalse(table.isEmpty());
    }

    @Test
    void nullIsNoDomain() {
        assertThrows(NullPointerException.class, () -> new RcuList<Item>(null));
        assertThrows(NullPointerException.class, () -> new RcuIntTable<IntItem>(16, null));
        assertThrows(NullPointerException.class, () -> new RcuHashTable<>(16, null));
    }
}
