package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/**
 * The orders of docs/slot.md, §4, on a machine that reorders whatever the access modes allow. The modes are those of the
 * compiled class, so that one that is weakened there is found here, on whatever hardware this runs.
 */
class SlotOrderTest {
    private static final int WORD = 0;
    private static final int DATA = 1;

    private static final JavaClass SLOT = new ClassFileImporter().importClass(RcuUsersSlot.class);

    /** The mode of the one access to the word in a method whose VarHandle method begins with {@code access}. */
    private static Mode modeOf(String method, String access) {
        Set<String> accesses = methods(method).stream()
                .flatMap(m -> m.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(VarHandle.class))
                .map(JavaMethodCall::getName)
                .filter(name -> name.startsWith(access))
                .collect(Collectors.toSet());
        assertEquals(1, accesses.size(), () -> method + " has " + accesses + " in place of one " + access);
        String mode = accesses.iterator().next().substring(access.length());
        return switch (mode) {
            case "Acquire" -> Mode.ACQUIRE;
            case "Release" -> Mode.RELEASE;
            case "Volatile" -> Mode.VOLATILE;
            case "" -> access.equals("set") || access.equals("get") ? Mode.PLAIN : Mode.VOLATILE;
            default -> Mode.PLAIN; // Opaque, Plain
        };
    }

    private static List<JavaMethod> methods(String name) {
        return SLOT.getMethods().stream().filter(m -> m.getName().equals(name)).toList();
    }

    /** A user writes and puts; the final put's caller reads. Whether it may miss the write. */
    private static boolean finalPutMisses(Mode put) {
        ReorderingMachine machine = new ReorderingMachine(2, 0);
        Program user = machine.thread();
        user.store(DATA, 1, Mode.PLAIN);
        user.update(WORD, (registers, old) -> old - 1, put);
        Program last = machine.thread();
        int old = last.update(WORD, (registers, word) -> word - 1, put);
        int seen = last.load(DATA, Mode.PLAIN);
        return machine.explore(registers -> registers[old] == 1 && registers[seen] == 0)
                .violation();
    }

    /** A task is made and shared through its count; who takes a user of it reads. Whether it may miss the making. */
    private static boolean getterMisses(Mode init, Mode increment) {
        ReorderingMachine machine = new ReorderingMachine(0, 0);
        Program maker = machine.thread();
        maker.store(DATA, 1, Mode.PLAIN);
        maker.store(WORD, 2, init);
        Program getter = machine.thread();
        int old = getter.update(WORD, (registers, word) -> word == 0 ? 0 : word + 1, increment);
        int seen = getter.load(DATA, Mode.PLAIN);
        return machine.explore(registers -> registers[old] != 0 && registers[seen] == 0)
                .violation();
    }

    @Test
    void theFinalPutSeesWhatEveryUserDid() {
        assertFalse(finalPutMisses(modeOf("put", "getAndAdd")));
    }

    @Test
    void whoTakesAUserSeesTheTask() {
        assertFalse(getterMisses(modeOf("init", "set"), modeOf("incNotZero", "compareAndExchange")));
    }

    /** The release of an earlier put is gone in one, the acquire of the final one in the other. */
    @ParameterizedTest
    @EnumSource(names = {"ACQUIRE", "RELEASE", "PLAIN"})
    void aWeakerPutMisses(Mode put) {
        assertTrue(finalPutMisses(put));
    }

    @Test
    void aWeakerInitOrIncrementMisses() {
        assertTrue(getterMisses(Mode.PLAIN, Mode.ACQUIRE));
        assertTrue(getterMisses(Mode.RELEASE, Mode.PLAIN));
    }
}
