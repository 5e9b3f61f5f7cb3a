package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

class PaddingTest {
    private static final int PAD = 128;

    @ParameterizedTest
    @ValueSource(
            classes = {PaddedLong.class, Epoch.class, GracePeriodSequence.class, ThreadState.class, IndexGate.class})
    void aContendedWordIsAlone(Class<?> type) {
        assertAlone(type, Set.of("value"));
    }

    @ParameterizedTest
    @ValueSource(classes = {RcuReader.class, QsbrReader.class})
    void aReadersWordsAreAlone(Class<?> type) {
        assertAlone(type, Set.of("announced", "nesting"));
    }

    @Test
    void aStripesWordsAreAlone() {
        assertAlone(CounterStripe.class, Set.of("locks0", "unlocks0", "locks1", "unlocks1"));
    }

    @ParameterizedTest
    @ValueSource(classes = {RcuReader.class, QsbrReader.class})
    void aReaderRecordStaysSmall(Class<?> type) {
        long size = ClassLayout.parseClass(type).instanceSize();
        assertTrue(size <= 2 * PAD + 72, type + ": " + size + " bytes");
    }

    private static void assertAlone(Class<?> type, Set<String> words) {
        ClassLayout layout = ClassLayout.parseClass(type);
        List<FieldLayout> hot =
                layout.fields().stream().filter(f -> words.contains(f.name())).toList();
        assertEquals(words.size(), hot.size());
        long begin = hot.stream().mapToLong(FieldLayout::offset).min().orElseThrow();
        long end = hot.stream().mapToLong(f -> f.offset() + f.size()).max().orElseThrow();
        assertTrue(end - begin <= Math.max(16, 8L * words.size()), "the words belong together");
        assertTrue(begin >= PAD, type + ": " + begin + " bytes before the words");
        assertTrue(layout.instanceSize() - end >= PAD, type + ": too few bytes behind the words");
        for (FieldLayout field : layout.fields()) {
            boolean pad = field.typeClass().equals("byte") && field.name().matches("[az][0-9]{3}");
            if (!pad && !words.contains(field.name())) {
                boolean near = field.offset() < end + PAD && field.offset() + field.size() > begin - PAD;
                assertFalse(near, type + ": " + field.name() + " is too near");
            }
        }
    }
}
