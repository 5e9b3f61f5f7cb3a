package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.model.CompiledModes;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;
import org.jurcu.refcount.Rcuref;
import org.jurcu.refcount.Refcount;

/**
 * Where a release meets an acquire, with the modes of the compiled classes: on x86 a weaker one would do the same, here it is
 * found. The twins of each order are in {@code PublicationModelTest}.
 */
class CompiledPublicationTest {
    private static final int CONTENTS = 0;
    private static final int LINK = 1;

    private static CompiledModes of(String type) {
        try {
            return CompiledModes.of(Class.forName("org.jurcu." + type));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Mode handle(String type, String method, String access) {
        return of(type).handle(method, access);
    }

    /** Whether a reader meets an object and not its contents. */
    private static boolean contentsAreMissed(Mode publish, Mode meet) {
        ReorderingMachine machine = new ReorderingMachine(0, 0);
        Program updater = machine.thread();
        updater.store(CONTENTS, 1, Mode.PLAIN);
        updater.store(LINK, 1, publish);
        Program reader = machine.thread();
        int link = reader.load(LINK, meet);
        int contents = reader.load(CONTENTS, Mode.PLAIN);
        return machine.explore(registers -> registers[link] == 1 && registers[contents] == 0)
                .violation();
    }

    /** Whether the last of two owners destroys the object ahead of the other's last write to it. */
    private static boolean lastPutMisses(Mode put) {
        ReorderingMachine machine = new ReorderingMachine(0, 2);
        Program one = machine.thread();
        one.store(CONTENTS, 1, Mode.PLAIN);
        one.update(LINK, (registers, old) -> old - 1, put);
        Program last = machine.thread();
        int old = last.update(LINK, (registers, count) -> count - 1, put);
        int contents = last.load(CONTENTS, Mode.PLAIN);
        return machine.explore(registers -> registers[old] == 1 && registers[contents] == 0)
                .violation();
    }

    static Stream<Arguments> publications() {
        return Stream.of(
                Arguments.of(
                        "RcuReference",
                        handle("rcu.RcuReference", "assign", "set"),
                        handle("rcu.RcuReference", "dereference", "get")),
                Arguments.of(
                        "RcuReference, exchanged",
                        handle("rcu.RcuReference", "getAndAssign", "getAndSet"),
                        handle("rcu.RcuReference", "dereference", "get")),
                Arguments.of(
                        "RcuReference, compared",
                        handle("rcu.RcuReference", "compareAndAssign", "compareAndSet"),
                        handle("rcu.RcuReference", "dereference", "get")),
                Arguments.of(
                        "RcuList",
                        handle("rcu.list.RcuListNode", "storeReleaseNext", "set"),
                        handle("rcu.list.RcuListNode", "loadAcquireNext", "get")),
                Arguments.of(
                        "tables",
                        handle("rcu.list.HashedNode", "storeReleaseNext", "set"),
                        handle("rcu.list.HashedNode", "loadAcquireNext", "get")),
                Arguments.of(
                        "a table's array",
                        handle("rcu.list.SplitOrderedTable", "storeVolatileBuckets", "set"),
                        handle("rcu.list.SplitOrderedTable", "loadAcquireBuckets", "get")),
                Arguments.of(
                        "a count that begins anew",
                        handle("refcount.Refcount", "storeReleaseRefs", "set"),
                        handle("refcount.Refcount", "weakCasAcquireRefs", "compareAndSet")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publications")
    void whoMeetsAnObjectSeesItsContents(String what, Mode publish, Mode meet) {
        assertFalse(contentsAreMissed(publish, meet), () -> what + ": " + publish + ", " + meet);
    }

    /** The accessors are asked in the places that publish and meet. */
    @Test
    void theyAreUsedWhereObjectsAreLinked() {
        assertEquals(1, of("rcu.list.RcuList").count("insert", "storeReleaseNext"));
        assertEquals(1, of("rcu.list.RcuList").count("del", "storeReleaseNext"));
        assertEquals(1, of("rcu.list.RcuList").count("replace", "storeReleaseNext"));
        assertEquals(1, of("rcu.list.SplitOrderedTable").count("link", "storeReleaseNext"));
        assertEquals(1, of("rcu.list.SplitOrderedTable").count("begin", "storeReleaseNext"));
    }

    @Test
    void theLastPutSeesWhatEveryOwnerDid() {
        assertFalse(lastPutMisses(handle("refcount.Refcount", "getAndAddVolatileRefs", "getAndAdd")));
        assertFalse(lastPutMisses(handle("refcount.Rcuref", "getAndAddVolatileRefcnt", "getAndAdd")));
        assertEquals(1, CompiledModes.of(Refcount.class).count("subAndTest", "getAndAddVolatileRefs"));
        assertEquals(1, CompiledModes.of(Rcuref.class).count("putSlowpath", "casVolatileRefcnt"));
        assertEquals(Mode.VOLATILE, handle("refcount.Rcuref", "casVolatileRefcnt", "compareAndSet"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "ACQUIRE"})
    void aWeakerPublicationIsFound(Mode publish) {
        assertTrue(contentsAreMissed(publish, Mode.ACQUIRE));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "RELEASE"})
    void aWeakerMeetingIsFound(Mode meet) {
        assertTrue(contentsAreMissed(Mode.RELEASE, meet));
    }

    @ParameterizedTest
    @EnumSource(names = "VOLATILE", mode = EnumSource.Mode.EXCLUDE)
    void aWeakerPutIsFound(Mode put) {
        assertTrue(lastPutMisses(put));
    }
}
