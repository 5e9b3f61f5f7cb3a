package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random updates against an ArrayList, with walks that are taken step by step in between. */
class RcuListPropertyTest {
    private static final int UPDATES = 10_000;

    private final RcuList<Item> list = new RcuList<>();
    private final List<Item> model = new ArrayList<>();
    private final List<WalkPromise<Item, Item>> walks = new ArrayList<>();
    private int ids;
    private int finished;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesAsAnArrayListAndKeepsItsPromisesToWalks(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < UPDATES; i++) {
            update(random);
            if (walks.size() < 5) {
                walks.add(new WalkPromise<>(model, list::firstOrNull, list::nextOrNull, item -> item));
            }
            walks.get(random.nextInt(walks.size())).step();
            walks.removeIf(this::finish);
            if (i % 100 == 0) {
                List<Item> all = new ArrayList<>();
                list.forEach(all::add);
                assertEquals(model, all);
                assertEquals(model.isEmpty(), list.isEmpty());
            }
        }
        assertTrue(finished > 50, "only " + finished + " walks ended");
    }

    private boolean finish(WalkPromise<Item, Item> walk) {
        if (walk.isOver()) {
            // Elements that stay do not change places, so the model's order now is their order then.
            walk.check((x, y) -> model.indexOf(x) < model.indexOf(y));
            finished++;
            return true;
        }
        return false;
    }

    private void update(Random random) {
        int size = model.size();
        int kind = random.nextInt(size > 30 ? 4 : 6);
        if (size != 0 && kind < 2) {
            Item gone = model.remove(random.nextInt(size));
            list.del(gone);
            walks.forEach(w -> w.wasRemoved(gone));
        } else if (size != 0 && kind == 2) {
            int at = random.nextInt(size);
            Item fresh = new Item(ids++);
            Item old = model.set(at, fresh);
            list.replace(old, fresh);
            walks.forEach(w -> w.wasAdded(fresh));
            walks.forEach(w -> w.wasRemoved(old));
        } else {
            Item fresh = new Item(ids++);
            int at = random.nextInt(size + 1);
            if (at == size && random.nextBoolean()) {
                list.addTail(fresh);
            } else if (at == 0) {
                list.add(fresh);
            } else if (at == size || random.nextBoolean()) {
                list.addBehind(fresh, model.get(at - 1));
            } else {
                list.addBefore(fresh, model.get(at));
            }
            model.add(at, fresh);
            walks.forEach(w -> w.wasAdded(fresh));
        }
    }
}
