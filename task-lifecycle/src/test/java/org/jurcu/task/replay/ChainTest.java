package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final class Entry extends Chain.Link<Entry> {}

    private static List<Entry> of(Chain<Entry> chain) {
        List<Entry> entries = new ArrayList<>();
        chain.forEach(entries::add);
        return entries;
    }

    @Test
    void keepsTheOrderWhereverOneIsTakenOut() {
        Random random = new Random(1);
        Chain<Entry> chain = new Chain<>();
        List<Entry> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            if (expected.isEmpty() || random.nextInt(5) < 2) {
                Entry entry = new Entry();
                chain.add(entry);
                expected.add(entry);
            } else {
                chain.remove(expected.remove(random.nextInt(expected.size())));
            }
            assertEquals(expected, of(chain));
        }
    }

    @Test
    void whoWasTakenOutCanBeAddedAgainAndIsTheLast() {
        Chain<Entry> chain = new Chain<>();
        Entry a = new Entry();
        Entry b = new Entry();
        Entry c = new Entry();
        chain.add(a);
        chain.add(b);
        chain.add(c);
        chain.remove(b);
        chain.add(b);
        assertEquals(List.of(a, c, b), of(chain));
        chain.remove(b);
        chain.remove(a);
        chain.remove(c);
        assertEquals(List.of(), of(chain));
    }
}
