package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same on the layout of Linux up to 5.3, as {@link PathTable} reads it. What that time did otherwise is in {@link
 * PreUnionTest}: memory that goes back inside the section that found it.
 */
class PreUnionLifePathsTest extends LifePathsTest {
    @Override
    TaskLayout layout() {
        return TaskLayout.PRE_UNION;
    }

    /** There is no count to raise: such a task sleeps for ever, and its last switch, which would drop a usage, never comes. */
    @Override
    @Test
    void pathIaRecursiveFaultLeaksOnPurpose() {
        born("parent", () -> fork(init));
        TaskStruct child = born("child", () -> fork(t("parent")));
        row("do_exit begins", () -> kernel.exit().exitSignals(child));
        row("and faults: make_task_dead", () -> kernel.exit().makeTaskDead(child), "child: DEAD r2 u1");
        assertEquals(List.of("Fixing recursive fault but reboot is needed!"), troubles);
        troubles.clear();
        row("nobody reaps it", () -> assertEquals(-Wait.ECHILD, reap("parent")));
        gracePeriods();
        assertEquals(List.of(), freed);
    }
}
