package org.jurcu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.jurcu.fence.AsymmetricFence;

class FenceInForceTest {
    /** What the build asked for by -Djurcu.test.fence is what this module's tests run under. */
    @Test
    void theTestsRunUnderTheStrategyThatWasAskedFor() {
        boolean membarrier = "membarrier".equals(System.getProperty("jurcu.test.fence"));
        assertEquals(membarrier ? "membarrier" : "full", AsymmetricFence.strategy());
    }
}
