package org.jurcu.benchmarks.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static double cost(int line, int machine) {
        return Projection.LINES.get(line).cost().applyAsDouble(Machine.ALL.get(machine));
    }

    @Test
    void theDocumentHasTheTableThatIsPrinted() throws Exception {
        Path page = Path.of("").toAbsolutePath().getParent().resolve("docs/scaling.md");
        assertTrue(Files.readString(page).contains("\n\n" + Projection.table() + "\n"), Projection.table());
    }

    @Test
    void noCoreWaitsForAnotherInASectionWithoutUpdaters() {
        assertEquals(cost(0, 0), cost(0, 2));
    }

    /** Two cores: 2 x 47.5 ns a pair and core, so each waits for the other's pair. */
    @Test
    void aSharedCountCostsEachCoreWhatAllDoToTheLine() {
        assertEquals(190, cost(2, 0), 1e-9);
        assertEquals(64 * 2 * 98.15, cost(2, 1), 1e-9);
    }

    @Test
    void everyLineGetsNoCheaperWithTheMachine() {
        for (Projection.Line line : Projection.LINES) {
            boolean isRate = line.unit().equals("M/s");
            for (int machine = 1; machine < Machine.ALL.size(); machine++) {
                double before = line.cost().applyAsDouble(Machine.ALL.get(machine - 1));
                double after = line.cost().applyAsDouble(Machine.ALL.get(machine));
                assertTrue(isRate ? after <= before : after >= before, line.what());
            }
        }
    }
}
