package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class StallTimeoutTest {
    @AfterEach
    void forget() {
        System.clearProperty(StallTimeout.PROPERTY);
    }

    @Test
    void theDefaultIsTheKernels() {
        assertEquals(Duration.ofSeconds(21).toNanos(), StallTimeout.ofProcess());
    }

    @Test
    void thePropertyIsTheDefaultOfEveryDomain() {
        System.setProperty(StallTimeout.PROPERTY, "7");
        assertEquals(Duration.ofSeconds(7).toNanos(), new DomainOptions("d").stallNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "301", "-1", "soon", "99999999999999999999"})
    void aPropertyThatMakesNoSenseIsRefused(String told) {
        System.setProperty(StallTimeout.PROPERTY, told);
        String message = assertThrows(IllegalArgumentException.class, () -> Rcu.create("d"))
                .getMessage();
        assertTrue(message.contains("between 3 and 300"), message);
    }

    @Test
    void theBuilderTakesTheKernelsRange() {
        Rcu.Builder builder = Rcu.builder("d");
        builder.stallTimeout(Duration.ofSeconds(3)).stallTimeout(Duration.ofSeconds(300));
        assertThrows(IllegalArgumentException.class, () -> builder.stallTimeout(Duration.ofMillis(2999)));
        assertThrows(IllegalArgumentException.class, () -> builder.stallTimeout(Duration.ofMillis(300_001)));
    }
}
