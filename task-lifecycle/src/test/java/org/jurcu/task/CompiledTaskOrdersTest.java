package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.model.CompiledModes;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/** Where a task is published and met, with the modes of the compiled classes; as {@code CompiledPublicationTest} of the runtime. */
class CompiledTaskOrdersTest {
    private static final int TASK = 0;
    private static final int POINTER = 1;

    private static boolean taskIsMissed(Mode publish, Mode meet) {
        ReorderingMachine machine = new ReorderingMachine(0, 0);
        Program maker = machine.thread();
        maker.store(TASK, 1, Mode.PLAIN);
        maker.store(POINTER, 1, publish);
        Program reader = machine.thread();
        int met = reader.load(POINTER, meet);
        int task = reader.load(TASK, Mode.PLAIN);
        return machine.explore(registers -> registers[met] == 1 && registers[task] == 0)
                .violation();
    }

    private static Arguments pair(
            String what, Class<?> type, String publisher, String store, String meeter, String load) {
        CompiledModes modes = CompiledModes.of(type);
        return Arguments.of(what, modes.handle(publisher, store), modes.handle(meeter, load));
    }

    static Stream<Arguments> publications() {
        return Stream.of(
                pair("a number's task", Pid.class, "storeReleaseTask", "set", "task", "get"),
                pair("a task's handlers", TaskStruct.class, "storeReleaseSighand", "set", "loadAcquireSighand", "get"),
                pair("its exit state", TaskStruct.class, "storeExitState", "set", "exitState", "get"),
                pair("its generation", TaskStruct.class, "unpoison", "set", "generation", "get"),
                pair("a free slot", TaskSlab.class, "push", "compareAndExchange", "alloc", "get"),
                pair("a chunk of slots", TaskSlab.class, "grow", "set", "slot", "get"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publications")
    void whoMeetsATaskSeesIt(String what, Mode publish, Mode meet) {
        assertFalse(taskIsMissed(publish, meet), () -> what + ": " + publish + ", " + meet);
    }

    @Test
    void aWeakerPairIsFound() {
        assertTrue(taskIsMissed(Mode.PLAIN, Mode.ACQUIRE));
        assertTrue(taskIsMissed(Mode.RELEASE, Mode.PLAIN));
    }

    @Test
    void aZombieIsTakenInOneStep() {
        assertEquals(Mode.VOLATILE, CompiledModes.of(TaskStruct.class).handle("casExitState", "compareAndSet"));
    }
}
