package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Updates at the end of the stack: one that threw has changed nothing, and its node can be used. */
class EndOfStackTest {
    private static final int DEPTHS = 200;

    private int updates;
    private int overflows;
    private Item item;
    private IntItem intItem;

    private static void onItsOwnStack(Runnable body) throws Exception {
        FutureTask<Void> task = new FutureTask<>(body, null);
        new Thread(null, task, "shallow", 256 << 10).start();
        task.get();
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void sink(Runnable update) {
        update.run();
        updates++;
        sink(update);
    }

    private void exhaust(Runnable update) {
        try {
            sink(update);
        } catch (StackOverflowError expected) {
            overflows++;
        }
    }

    @Test
    void aNodeOfATableIsOwnedOnlyIfItIsLinked() throws Exception {
        RcuIntTable<IntItem> table = new RcuIntTable<>();
        List<IntItem> orphans = new ArrayList<>();
        onItsOwnStack(() -> {
            for (int i = 0; i < DEPTHS; i++) {
                exhaust(() -> {
                    intItem = new IntItem(updates & 1023);
                    table.put(intItem);
                });
                if (intItem.isOwned() && table.lookup(intItem.key()) != intItem) {
                    orphans.add(intItem);
                }
            }
        });
        assertEquals(DEPTHS, overflows);
        assertTrue(updates > DEPTHS);
        assertEquals(List.of(), orphans);
    }

    @Test
    void aListIsWholeAfterAnOverflow() throws Exception {
        RcuList<Item> list = new RcuList<>();
        onItsOwnStack(() -> {
            for (int i = 0; i < DEPTHS; i++) {
                exhaust(() -> {
                    Item fresh = new Item(updates);
                    item = fresh;
                    list.addTail(fresh);
                    Item next = new Item(updates);
                    item = next;
                    list.replace(fresh, next);
                    list.del(next);
                });
                boolean linked = list.firstOrNull() == item;
                if (linked) {
                    list.del(item);
                } else if (!list.isEmpty()) {
                    list.del(list.firstOrNull());
                }
                assertTrue(list.isEmpty());
                list.addTail(item); // refused if it took itself for listed
                assertSame(item, list.firstOrNull());
                list.del(item);
                assertTrue(list.isEmpty());
            }
        });
        assertEquals(DEPTHS, overflows);
    }
}
