package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Concurrent histories of two threads on a hash table that grows and shrinks meanwhile, every access a possible switch, against
 * the same table used by one thread: Lincheck. Its elements live on the heap, so that no section is needed.
 */
@Tag("any-fence")
@Tag("any-jdk")
class TableHistoriesTest {
    private static void check(Class<?> histories, int actors, int invocations) {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(invocations)
                .threads(2)
                .actorsPerThread(actors)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(histories);
    }

    /** 1, 5 and 3, in that order, meet in one bucket of two; of four, 3 has one to itself. */
    private static int key(int number) {
        return 2 * number - 1;
    }

    @Param(name = "number", gen = IntGen.class, conf = "1:3")
    public static class OfTable {
        private final RcuHashTable<Integer, RcuHashEntry<Integer, Integer>> table = new RcuHashTable<>(2);

        public OfTable() {
            putIfAbsent(2);
            putIfAbsent(3);
        }

        @Operation
        public final boolean putIfAbsent(@Param(name = "number") int number) {
            return table.putIfAbsent(new RcuHashEntry<>(key(number), number)) == null;
        }

        @Operation
        public boolean remove(@Param(name = "number") int number) {
            return table.removeKey(key(number)) != null;
        }

        @Operation
        public boolean contains(@Param(name = "number") int number) {
            return table.lookup(key(number)) != null;
        }

        @Operation
        public void grow() {
            table.resize(4);
        }

        @Operation
        public void shrink() {
            table.resize(2);
        }
    }

    @Test
    void ofATableThatIsResized() {
        check(OfTable.class, 3, 150);
    }

    /** A reader beside a node that comes in, in front of others: few operations, so that each place of a switch is tried. */
    @Param(name = "number", gen = IntGen.class, conf = "1:2")
    public static class OfPuts {
        private final RcuHashTable<Integer, RcuHashEntry<Integer, Integer>> table = new RcuHashTable<>(2);

        public OfPuts() {
            put(2);
        }

        @Operation
        public final boolean put(@Param(name = "number") int number) {
            return table.put(new RcuHashEntry<>(key(number), number)) == null;
        }

        @Operation
        public boolean contains(@Param(name = "number") int number) {
            return table.lookup(key(number)) != null;
        }
    }

    @Test
    void ofReadersBesidePuts() {
        check(OfPuts.class, 2, 400);
    }

    /** Looks for the key, then puts: two who do so both believe to have put. */
    @Param(name = "number", gen = IntGen.class, conf = "1:3")
    public static class OfCheckThenPut {
        private final RcuHashTable<Integer, RcuHashEntry<Integer, Integer>> table = new RcuHashTable<>(2);

        @Operation
        public boolean putIfAbsent(@Param(name = "number") int number) {
            boolean absent = table.lookup(key(number)) == null;
            if (absent) {
                table.put(new RcuHashEntry<>(key(number), number));
            }
            return absent;
        }

        @Operation
        public boolean remove(@Param(name = "number") int number) {
            return table.removeKey(key(number)) != null;
        }
    }

    @Test
    void whoLooksBeforeItPutsIsCaught() {
        assertThrows(LincheckAssertionError.class, () -> check(OfCheckThenPut.class, 2, 150));
    }
}
