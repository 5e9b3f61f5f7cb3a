package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From fork to free a task's life allocates nothing, and the checker of the locks is not in the code unless it is asked for. */
class LifetimeAllocationTest {
    /** Rounds that may allocate: {@link LifetimeAllocation} says why, and six were the most that were seen. */
    private static final int ONCE = 20;

    private static String run(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LifetimeAllocation.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    /** Of 256,000 lives: whatever one in a thousand allocated would be in hundreds of the 4,000 rounds. */
    @Test
    void aLifeAllocatesNothing() throws Exception {
        String rounds = run();
        assertTrue(Integer.parseInt(rounds) <= ONCE, rounds + " rounds allocated");
    }

    @Test
    void theCheckerIsAskedForByName() throws Exception {
        assertEquals("checked", run("-Djurcu.lockdep=true"));
    }
}
