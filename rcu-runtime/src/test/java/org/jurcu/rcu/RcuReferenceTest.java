package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("also-strict")
class RcuReferenceTest {
    @Test
    void assignments() {
        RcuReference<String> reference = new RcuReference<>();
        assertNull(reference.dereference());
        String a = "a";
        String b = "b";
        reference.assign(a);
        assertSame(a, reference.dereference());
        assertSame(a, reference.getAndAssign(b));
        assertFalse(reference.compareAndAssign(a, null));
        assertSame(b, reference.dereference());
        assertTrue(reference.compareAndAssign(b, null));
        assertNull(reference.dereference());
        assertSame(a, new RcuReference<>(a).dereference());
    }

    @Test
    void toStringNeverTouchesTheObject() {
        Object reclaimed = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("touched");
            }

            @Override
            public int hashCode() {
                throw new AssertionError("touched");
            }
        };
        assertEquals("RcuReference@", new RcuReference<>(reclaimed).toString().substring(0, 13));
    }

    @Test
    void anObjectIsPublishedWithItsFields() throws Exception {
        RcuReference<int[]> reference = new RcuReference<>(new int[] {0, 0});
        TestThread<Void> writer = TestThread.startAction(() -> {
            for (int i = 1; i <= 100_000; i++) {
                reference.assign(new int[] {i, i});
            }
        });
        int last = 0;
        while (last < 100_000) {
            int[] seen = reference.dereference();
            assertEquals(seen[0], seen[1]);
            assertTrue(seen[0] >= last);
            last = seen[0];
        }
        writer.result();
    }
}
