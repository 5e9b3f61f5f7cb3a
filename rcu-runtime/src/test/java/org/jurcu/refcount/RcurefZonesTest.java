package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jurcu.refcount.ConformanceRow.Answer.FALSE;
import static org.jurcu.refcount.ConformanceRow.Answer.TRUE;
import static org.jurcu.refcount.Rcuref.DEAD;
import static org.jurcu.refcount.Rcuref.MAXREF;
import static org.jurcu.refcount.Rcuref.NOREF;
import static org.jurcu.refcount.Rcuref.ONEREF;
import static org.jurcu.refcount.Rcuref.RELEASED;
import static org.jurcu.refcount.Rcuref.SATURATED;
import static org.jurcu.refcount.RefcountWarning.RCUREF_IMBALANCED_PUT;
import static org.jurcu.refcount.RefcountWarning.RCUREF_SATURATED;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;

/** Where get and put lead from every border of every zone, what they answer and what they say. */
@ResourceLock(RecordedWarnings.LOCK)
class RcurefZonesTest {
    /** Every value of the word can be given at the start: it is one less than the references. */
    private static Rcuref withWord(int word) {
        return new Rcuref(word + 1);
    }

    static int word(Rcuref refs) throws ReflectiveOperationException {
        Field field = Rcuref.class.getDeclaredField("refcnt");
        field.setAccessible(true);
        return field.getInt(refs);
    }

    private static ConformanceRow.Start<Rcuref> at(String name, int word) {
        return ConformanceRow.row(name, word);
    }

    static Stream<ConformanceRow<Rcuref>> gets() {
        return Stream.of(
                at("get: one", ONEREF).ask(Rcuref::get).endsAt(1, TRUE),
                at("get: the last that fits", MAXREF - 1).ask(Rcuref::get).endsAt(MAXREF, TRUE),
                at("get: one too many", MAXREF).ask(Rcuref::get).endsAt(SATURATED, TRUE, RCUREF_SATURATED),
                at("get: drifted to the lower border of saturated", MAXREF + 1)
                        .ask(Rcuref::get)
                        .endsAt(SATURATED, TRUE, RCUREF_SATURATED),
                at("get: saturated", SATURATED).ask(Rcuref::get).endsAt(SATURATED, TRUE, RCUREF_SATURATED),
                at("get: drifted to the upper border of saturated", RELEASED - 2)
                        .ask(Rcuref::get)
                        .endsAt(SATURATED, TRUE, RCUREF_SATURATED),
                at("get: drifted out of saturated", RELEASED - 1)
                        .ask(Rcuref::get)
                        .endsAt(DEAD, FALSE),
                at("get: lower border of released", RELEASED).ask(Rcuref::get).endsAt(DEAD, FALSE),
                at("get: dead", DEAD).ask(Rcuref::get).endsAt(DEAD, FALSE),
                at("get: the addition arrives at NOREF", NOREF - 1)
                        .ask(Rcuref::get)
                        .endsAt(DEAD, FALSE),
                at("get: revives", NOREF).ask(Rcuref::get).endsAt(ONEREF, TRUE));
    }

    static Stream<ConformanceRow<Rcuref>> puts() {
        return Stream.of(
                at("put: not the last", 1).ask(Rcuref::putRcusafe).endsAt(ONEREF, FALSE),
                at("put: the last", ONEREF).ask(Rcuref::putRcusafe).endsAt(DEAD, TRUE),
                at("put: from the top", MAXREF).ask(Rcuref::putRcusafe).endsAt(MAXREF - 1, FALSE),
                at("put: saturated falls silently", SATURATED)
                        .ask(Rcuref::putRcusafe)
                        .endsAt(SATURATED, FALSE),
                at("put: drifted to the lower border of saturated", MAXREF + 2)
                        .ask(Rcuref::putRcusafe)
                        .endsAt(SATURATED, FALSE),
                at("put: drifted out of saturated, which looks live", MAXREF + 1)
                        .ask(Rcuref::putRcusafe)
                        .endsAt(MAXREF, FALSE),
                at("put: drifted to the upper border of saturated", RELEASED)
                        .ask(Rcuref::putRcusafe)
                        .endsAt(SATURATED, FALSE),
                at("put: lower border of released", RELEASED + 1)
                        .ask(Rcuref::putRcusafe)
                        .endsAt(DEAD, FALSE, RCUREF_IMBALANCED_PUT),
                at("put: dead", DEAD).ask(Rcuref::putRcusafe).endsAt(DEAD, FALSE, RCUREF_IMBALANCED_PUT),
                at("put: while another put is at NOREF", NOREF)
                        .ask(Rcuref::putRcusafe)
                        .endsAt(DEAD, FALSE, RCUREF_IMBALANCED_PUT));
    }

    @ParameterizedTest
    @MethodSource({"gets", "puts"})
    void endsInItsZone(ConformanceRow<Rcuref> row) throws Exception {
        Rcuref refs = withWord(row.start());
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            assertEquals(row.answer(), row.operation().on(refs), "answer");
            assertEquals(Integer.toHexString(row.end()), Integer.toHexString(word(refs)), "where it ends");
            assertEquals(row.warnings(), warnings.kinds());
            warnings.seen().forEach(seen -> assertEquals(refs, seen.counter()));
        }
    }

    @Test
    void aWarningCarriesTheWord() {
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            assertTrue(withWord(MAXREF).get());
            assertFalse(withWord(DEAD).putRcusafe());
            assertEquals(
                    List.of(MAXREF + 1, DEAD - 1),
                    warnings.seen().stream()
                            .map(RecordedWarnings.Seen::oldValue)
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000000, 1, Rcuref[1]",
        "0x00000004, 5, Rcuref[5]",
        "0x7fffffff, 2147483648, Rcuref[2147483648]",
        "0x80000000, 2147483649, Rcuref[saturated]",
        "0xA0000000, 2684354561, Rcuref[saturated]",
        "0xBfffffff, 3221225472, Rcuref[saturated]",
        "0xC0000000, 0, Rcuref[dead]",
        "0xE0000000, 0, Rcuref[dead]",
        "0xffffffff, 0, Rcuref[dead]"
    })
    void reads(String word, long references, String text) {
        Rcuref refs = withWord(Long.decode(word).intValue());
        assertEquals(references, Integer.toUnsignedLong(refs.read()));
        assertEquals(text, refs.toString());
    }

    @Test
    void livesAgainByInitOnly() {
        Rcuref refs = new Rcuref(2);
        assertFalse(refs.putRcusafe());
        assertTrue(refs.putRcusafe());
        assertFalse(refs.get());
        assertFalse(refs.get());
        refs.init(3);
        assertEquals(3, refs.read());
        assertTrue(refs.get());
        assertEquals(4, refs.read());
    }

    @Test
    void putOpensItsOwnSectionAndClosesIt() {
        try (Rcu rcu = Rcu.create("rcuref");
                RcuReader reader = rcu.register()) {
            Rcuref refs = new Rcuref(3);
            assertFalse(refs.put(reader));
            assertFalse(reader.held());
            reader.lock();
            assertFalse(refs.put(reader), "sections nest");
            assertTrue(reader.held());
            assertTrue(refs.putRcusafe(reader));
            reader.unlock();
            assertFalse(reader.held());
        }
    }

    @Test
    void aHandlerThatThrowsLeavesNoSectionOpen() throws Exception {
        RefcountWarningHandler before = RefcountWarnings.setHandler((warning, counter, oldValue) -> {
            throw new IllegalStateException(warning.text());
        });
        try (Rcu rcu = Rcu.create("rcuref");
                RcuReader reader = rcu.register()) {
            Rcuref refs = withWord(DEAD);
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> refs.put(reader));
            assertEquals("rcuref - imbalanced put()", e.getMessage());
            assertFalse(reader.held());
            assertEquals(DEAD, word(refs));
        } finally {
            RefcountWarnings.setHandler(before);
        }
    }

    @Test
    void putRcusafeRefusesAReaderOutsideOfASection() {
        try (Rcu rcu = Rcu.create("rcuref");
                RcuReader reader = rcu.register()) {
            Rcuref refs = new Rcuref(1);
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> refs.putRcusafe(reader));
            assertTrue(e.getMessage().startsWith("suspicious rcuref_put_rcusafe() usage"), e::getMessage);
            assertEquals(1, refs.read());
        }
    }

    @Test
    void putRefusesTheReaderOfAnotherThread() {
        try (Rcu rcu = Rcu.create("rcuref");
                RcuReader reader = rcu.register()) {
            Rcuref refs = new Rcuref(1);
            Workers.runInOtherThread(() -> assertThrows(IllegalStateException.class, () -> refs.put(reader)));
            assertEquals(1, refs.read(), "the reference is still there");
        }
    }

    @Test
    void putRefusesAClosedReader() {
        try (Rcu rcu = Rcu.create("rcuref")) {
            RcuReader reader = rcu.register();
            reader.close();
            Rcuref refs = new Rcuref(1);
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> refs.put(reader));
            assertTrue(e.getMessage().contains("was closed: call register()"), e::getMessage);
            assertThrows(IllegalStateException.class, () -> refs.putRcusafe(reader));
            assertEquals(1, refs.read(), "the reference is still there");
        }
    }

    @Test
    void putRefusesToWorkWithoutAReader() {
        Rcuref refs = new Rcuref(1);
        NullPointerException put = assertThrows(NullPointerException.class, () -> refs.put(null));
        assertTrue(put.getMessage().contains("use putRcusafe() where no section is needed"), put::getMessage);
        NullPointerException rcusafe = assertThrows(NullPointerException.class, () -> refs.putRcusafe(null));
        assertTrue(rcusafe.getMessage().contains("use putRcusafe() if it cannot be named"), rcusafe::getMessage);
        assertEquals(1, refs.read(), "the reference is still there");
    }

    @Test
    void isOneIntWithoutDispatch() {
        assertTrue(Modifier.isFinal(Rcuref.class.getModifiers()));
        assertEquals(Object.class, Rcuref.class.getSuperclass());
        List<Class<?>> fields = Stream.of(Rcuref.class.getDeclaredFields())
                .filter(f -> !Modifier.isStatic(f.getModifiers()))
                .<Class<?>>map(Field::getType)
                .toList();
        assertEquals(List.of(int.class), fields);
    }
}
