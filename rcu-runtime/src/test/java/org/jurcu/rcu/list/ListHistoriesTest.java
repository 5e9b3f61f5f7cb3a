package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Concurrent histories of two threads on a list, every access a possible switch, against the same list used by one thread:
 * Lincheck. Updaters exclude each other, as they must; readers exclude nobody. Its elements live on the heap, so that no
 * section is needed.
 */
@Tag("any-fence")
@Tag("any-jdk")
class ListHistoriesTest {
    private static void check(Class<?> histories) {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(histories);
    }

    private static final class Element extends RcuListNode {
        private final int key;

        Element(int key) {
            this.key = key;
        }
    }

    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class OfList {
        private final RcuList<Element> list = new RcuList<>();

        private Element find(int key) {
            Element e = list.firstOrNull();
            while (e != null && e.key != key) {
                e = list.nextOrNull(e);
            }
            return e;
        }

        @Operation
        public synchronized boolean add(@Param(name = "key") int key) {
            boolean absent = find(key) == null;
            if (absent) {
                list.add(new Element(key));
            }
            return absent;
        }

        @Operation
        public synchronized boolean addTail(@Param(name = "key") int key) {
            boolean absent = find(key) == null;
            if (absent) {
                list.addTail(new Element(key));
            }
            return absent;
        }

        @Operation
        public synchronized boolean replace(@Param(name = "key") int key) {
            Element e = find(key);
            if (e != null) {
                list.replace(e, new Element(key));
            }
            return e != null;
        }

        @Operation
        public synchronized boolean del(@Param(name = "key") int key) {
            Element e = find(key);
            if (e != null) {
                list.del(e);
            }
            return e != null;
        }

        @Operation
        public boolean contains(@Param(name = "key") int key) {
            return find(key) != null;
        }
    }

    @Test
    void ofAListWithOneUpdaterAtATime() {
        check(OfList.class);
    }

    /** Publishes a node, then links what was there behind it: a reader in between finds nothing there. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class OfPublishFirst {
        private static final class Node {
            private final int key;
            private volatile Node next;

            Node(int key) {
                this.key = key;
            }
        }

        private final Node head = new Node(0);

        @Operation
        public synchronized boolean add(@Param(name = "key") int key) {
            boolean absent = !contains(key);
            if (absent) {
                Node node = new Node(key);
                Node first = head.next;
                head.next = node;
                node.next = first;
            }
            return absent;
        }

        @Operation
        public boolean contains(@Param(name = "key") int key) {
            Node node = head.next;
            while (node != null && node.key != key) {
                node = node.next;
            }
            return node != null;
        }
    }

    @Test
    void aListThatPublishesBeforeItLinksIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfPublishFirst.class));
    }
}
