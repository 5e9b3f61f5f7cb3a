package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The map of numbers against a {@link BitSet}. */
class PidMapTest {
    @Test
    void doesWhatABitSetDoes() {
        PidMap map = new PidMap();
        BitSet model = new BitSet();
        Random random = new Random(4711);
        for (int i = 0; i < 200_000; i++) {
            int nr = random.nextInt(i < 100_000 ? 1_000 : 5_000);
            assertEquals(model.get(nr), map.get(nr), "get " + nr);
            assertEquals(model.nextClearBit(nr), map.nextClear(nr), "next after " + nr);
            if (model.get(nr) && random.nextInt(8) == 0) {
                model.clear(nr);
                map.clear(nr);
            } else {
                model.set(nr);
                map.set(nr);
            }
        }
    }
}
