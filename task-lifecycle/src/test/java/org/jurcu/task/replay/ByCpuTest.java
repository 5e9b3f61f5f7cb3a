package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ByCpuTest {
    @Test
    void whatIsRemovedIsThereNoMore() {
        ByCpu<String> byCpu = new ByCpu<>();
        byCpu.put(3, "three");
        assertNull(byCpu.get(2));
        assertNull(byCpu.remove(4));
        assertEquals("three", byCpu.get(3));
        assertEquals("three", byCpu.remove(3));
        assertNull(byCpu.get(3));
        assertNull(byCpu.remove(3));
    }
}
