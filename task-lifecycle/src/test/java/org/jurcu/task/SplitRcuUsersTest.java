package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;

/** The split count is a refcount_t. */
@ResourceLock("refcount warnings")
class SplitRcuUsersTest {
    private static final int FUNC = RcuUsersSlot.DELAYED_PUT_TASK_STRUCT;

    private final SplitRcuUsers users = new SplitRcuUsers();
    private final List<String> warnings = new ArrayList<>();
    private RefcountWarningHandler before;

    @BeforeEach
    void listen() {
        before = RefcountWarnings.setHandler((warning, counter, old) -> warnings.add(warning + " " + old));
    }

    @AfterEach
    void restore() {
        RefcountWarnings.setHandler(before);
    }

    @Test
    void theSameNumbersAndWarningsAsARefcount() {
        int[] starts = {1, 2, Refcount.MAX - 1, Refcount.MAX, Refcount.SATURATED, 0};
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            int start = starts[round % starts.length];
            Refcount model = new Refcount(start);
            users.init(start);
            for (int step = 0; step < 6; step++) {
                warnings.clear();
                int op = random.nextInt(3);
                boolean expected = apply(op, model);
                List<String> warned = List.copyOf(warnings);
                warnings.clear();
                String what = "op " + op + " of round " + round;
                assertEquals(expected, apply(op, users), what);
                assertEquals(model.read(), users.read(), what);
                assertEquals(warned, warnings, what);
            }
        }
    }

    private static boolean apply(int op, Refcount model) {
        switch (op) {
            case 0 -> model.inc();
            case 1 -> {
                return model.incNotZero();
            }
            default -> {
                return model.decAndTest();
            }
        }
        return false;
    }

    private static boolean apply(int op, SplitRcuUsers users) {
        switch (op) {
            case 0 -> users.inc();
            case 1 -> {
                return users.incNotZero();
            }
            default -> {
                return users.put(FUNC);
            }
        }
        return false;
    }

    @Test
    void theFunctionIsNotTheCountsBusiness() {
        users.init(1);
        assertTrue(users.put(FUNC));
        users.inc();
        users.put(FUNC);
        users.put(FUNC);
        assertEquals(FUNC, users.func(), "whatever the count went through");
        assertTrue(users.changeFunc(FUNC, RcuUsersSlot.NOT_QUEUED));
        assertFalse(users.changeFunc(FUNC, RcuUsersSlot.NOT_QUEUED), "once");
        assertTrue(users.changeFunc(RcuUsersSlot.NOT_QUEUED, RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB));
        users.free();
        assertEquals(RcuUsersSlot.FREED, users.func());
    }

    @Test
    void theCountStaysZero() {
        users.init(2);
        assertFalse(users.put(FUNC));
        assertTrue(users.put(FUNC));
        for (int i = 0; i < 3; i++) {
            assertFalse(users.incNotZero());
            assertEquals(0, users.read());
        }
        assertEquals(List.of(), warnings);
    }
}
