package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        assertAlone(type, Set.of("announced", "nesting", "listing"));
    }

    @Test
    void aStripesWordsAreAlone() {
        assertAlone(CounterStripe.class, Set.of("locks0", "unlocks0", "locks1", "unlocks1"));
    }

    @ParameterizedTest
    @ValueSource(classes = {RcuReader.class, QsbrReader.class})
    void aReaderRecordStaysSmall(Class<?> type) {
        long size = ClassLayout.parseClass(type).instanceSize();
        assertTrue(size <= 2 * PAD + 80, type + ": " + size + " bytes");
    }

    /**
     * Each call goes through these objects. A store of the reclaimer's for each callback, or for each small batch, into the
     * line of one of their references makes every caller wait for it: a count that stood in the wrong place once cost a call a
     * third of its time.
     */
    @Test
    void nothingIsWrittenForEachCallbackWhereCallersRead() {
        assertEquals(Set.of("emptyBatches"), variables(Reclaimer.class));
        assertEquals(Set.of("turn"), variables(CallbackQueue.class));
        assertEquals(Set.of("ringLookAt", "overflowLookAt"), variables(CallbackStripe.class));
        assertEquals(
                Set.of("thread", "closing", "vainCalls", "failures", "pauseNanos"), variables(OnDemandThread.class));
    }

    private static Set<String> variables(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(f -> !Modifier.isFinal(f.getModifiers()))
                .map(Field::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void whatAStripeAddsToItsRingIsFarFromTheIndexes() {
        List<FieldLayout> fields =
                List.copyOf(ClassLayout.parseClass(CallbackStripe.class).fields());
        for (String index : List.of("producerIndex", "consumerIndex")) {
            long at = offset(fields, index);
            for (String added : List.of("overflow", "ringLookAt", "overflowLookAt", "ringEnd", "overflowEnd")) {
                assertTrue(Math.abs(offset(fields, added) - at) >= PAD, added + " is too near to " + index);
            }
        }
    }

    private static long offset(List<FieldLayout> fields, String name) {
        return fields.stream()
                .filter(f -> f.name().equals(name))
                .mapToLong(FieldLayout::offset)
                .findFirst()
                .orElseThrow();
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
