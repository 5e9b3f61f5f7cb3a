package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Updates in the last frames of a stack: one that threw has changed nothing, and its node can be used. Each has a collection
 * of its own, which is looked at when there is stack again.
 */
class EndOfStackTest {
    private static final int FRAMES = 200;
    private static final long STACK_SIZE = 256 * 1024;

    private int runs;
    private int overflows;

    private void inTheLastFrames(IntConsumer update) throws Exception {
        update.accept(FRAMES); // links every access once, which takes more stack than the access
        Thread thread = new Thread(null, () -> sink(update), "shallow", STACK_SIZE);
        thread.start();
        thread.join();
        assertEquals(FRAMES, runs);
        assertTrue(overflows > 0 && overflows < FRAMES, overflows + " overflows");
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void sink(IntConsumer update) {
        try {
            sink(update);
        } catch (StackOverflowError end) {
            // this is the last frame
        }
        if (runs < FRAMES) {
            runs++;
            try {
                update.accept(runs - 1);
            } catch (StackOverflowError expected) {
                overflows++;
            }
        }
    }

    @Test
    void aNodeOfATableIsOwnedOnlyIfItIsLinked() throws Exception {
        PlainTable[] tables = new PlainTable[FRAMES + 1];
        IntItem[] items = new IntItem[FRAMES + 1];
        Arrays.setAll(tables, i -> new PlainTable());
        Arrays.setAll(items, IntItem::new);
        inTheLastFrames(i -> tables[i].put(items[i]));
        for (int i = 0; i < FRAMES; i++) {
            assertEquals(tables[i].firstOrNull() == items[i], items[i].isOwned(), "update " + i);
        }
    }

    /** Looking for a key takes less stack here than linking a node, so that the stack may end in the latter. */
    private static final class PlainTable extends SplitOrderedTable<IntItem> {
        PlainTable() {
            super(1);
        }

        @Override
        IntItem lookupKeyOf(IntItem node) {
            return null;
        }

        @Override
        boolean sameKey(IntItem a, IntItem b) {
            return a == b;
        }
    }

    @Test
    void aNodeOfAListTakesItselfForListedOnlyIfItIsLinked() throws Exception {
        RcuList<Item>[] lists = lists();
        Item[] items = new Item[FRAMES + 1];
        Arrays.setAll(items, Item::new);
        inTheLastFrames(i -> lists[i].addTail(items[i]));
        for (int i = 0; i < FRAMES; i++) {
            if (lists[i].isEmpty()) {
                items[i].checkUnlisted();
            } else {
                lists[i].del(items[i]);
            }
            assertTrue(lists[i].isEmpty());
        }
    }

    @Test
    void aDeletionIsWholeOrNone() throws Exception {
        RcuList<Item>[] lists = lists();
        Item[] items = new Item[FRAMES + 1];
        Arrays.setAll(items, Item::new);
        for (int i = 0; i <= FRAMES; i++) {
            lists[i].addTail(items[i]);
            lists[i].addTail(new Item(-i));
        }
        inTheLastFrames(i -> lists[i].del(items[i]));
        for (int i = 0; i < FRAMES; i++) {
            Item first = lists[i].firstOrNull();
            Item second = lists[i].nextOrNull(first);
            if (second == null) {
                items[i].checkUnlisted();
            } else {
                assertEquals(items[i], first);
                assertEquals(items[i], second.prev, "backwards the ring is the same");
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static RcuList<Item>[] lists() {
        RcuList<Item>[] lists = new RcuList[FRAMES + 1];
        Arrays.setAll(lists, i -> new RcuList<>());
        return lists;
    }
}
