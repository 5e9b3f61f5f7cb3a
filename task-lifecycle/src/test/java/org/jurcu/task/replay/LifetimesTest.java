package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.UnreadKernel;

class LifetimesTest {
    /** More than one chunk of slots. */
    private static final int MANY = 3_000;

    private final UnreadKernel kernel = UnreadKernel.create("lifetimes", 1, Tracepoints.NONE);
    private final Lifetimes lifetimes = new Lifetimes();

    @AfterEach
    void close() {
        kernel.close();
    }

    private Lifetime life(TaskStruct task) {
        Lifetime life = new Actor(task, task.pid(), new Actor.TaskGroup(), null, false).life;
        lifetimes.add(life);
        return life;
    }

    private Lifetime begun() {
        TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
        Lifetime life = life(task);
        life.begin(task);
        lifetimes.begun(life);
        return life;
    }

    private List<Lifetime> unsettled() {
        List<Lifetime> all = new ArrayList<>();
        lifetimes.forEachUnsettled(all::add);
        return all;
    }

    @Test
    void eachSlotHasItsOwn() {
        List<Lifetime> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(begun());
        }
        all.forEach(life -> assertSame(life, lifetimes.of(life.task())));
        assertEquals(all, unsettled());
    }

    @Test
    void ofASlotThatNoneHadThereIsNone() {
        assertNull(lifetimes.of(kernel.fork().copyProcess(kernel.init(), 0)));
        Lifetime life = begun();
        assertNull(lifetimes.of(kernel.init()));
        assertSame(life, lifetimes.of(life.task()));
    }

    @Test
    void whatTheKernelFreedIsAskedForUntilItIsSettled() {
        Lifetime a = begun();
        Lifetime b = begun();
        Lifetime c = begun();
        lifetimes.freedByKernel(c);
        lifetimes.freedByKernel(a);
        List<Lifetime> asked = new ArrayList<>();

        lifetimes.settleFreed(life -> asked.add(life) && life == a);
        assertEquals(List.of(c, a), asked);
        assertEquals(List.of(b, c), unsettled());

        asked.clear();
        lifetimes.settleFreed(asked::add);
        assertEquals(List.of(c), asked);
        assertEquals(List.of(b), unsettled());
    }

    @Test
    void oneThatNeverBeganIsNotSettled() {
        life(kernel.fork().copyProcess(kernel.init(), 0));
        Lifetime began = begun();
        assertEquals(List.of(began), unsettled());
    }
}
