package org.jurcu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

class PaddedCellTest {
    private static final int TWO_LINES = 128;

    /** A floor that shared its line with a neighbour would be higher than it is, and flatter what is divided by it. */
    @Test
    void theWordsAreTwoCacheLinesFromEitherEnd() {
        ClassLayout layout = ClassLayout.parseClass(PaddedCell.class);
        List<FieldLayout> words =
                layout.fields().stream().filter(f -> f.name().endsWith("Word")).toList();
        assertEquals(2, words.size(), layout::toPrintable);
        for (FieldLayout word : words) {
            assertTrue(word.offset() >= TWO_LINES, layout::toPrintable);
            assertTrue(layout.instanceSize() - word.offset() - word.size() >= TWO_LINES, layout::toPrintable);
        }
    }
}
