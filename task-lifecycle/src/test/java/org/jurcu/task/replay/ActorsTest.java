package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.UnreadKernel;

/** Who is known by a number, and for how long. */
class ActorsTest {
    private final UnreadKernel kernel = UnreadKernel.create("actors", 1, Tracepoints.NONE);
    private final Actors actors = new Actors(kernel, new Findings(null), new Moves(kernel, new Lifetimes()));

    @AfterEach
    void close() {
        kernel.close();
    }

    private Actor born(int pid) {
        return actors.add(
                new Actor(kernel.fork().copyProcess(kernel.init(), 0), pid, new Actor.TaskGroup(), null, false));
    }

    private Actor ended(int pid) {
        Actor actor = born(pid);
        actor.switchedOut = true;
        actor.notified = true;
        return actor;
    }

    private List<Actor> all() {
        List<Actor> all = new ArrayList<>();
        actors.forEach(all::add);
        return all;
    }

    @Test
    void whoIsFreedIsForgottenAndItsNumberToo() {
        Actor first = ended(10);
        Actor second = ended(11);

        actors.forget(first);

        assertNull(actors.get(10));
        assertSame(second, actors.get(11));
        assertEquals(List.of(second), all());
    }

    @Test
    void theNumberStaysWithWhoHasItNow() {
        Actor first = ended(10);
        Actor next = born(10);

        actors.forget(first);

        assertSame(next, actors.get(10));
        assertEquals(List.of(next), all());
    }

    @Test
    void whoseEndIsNotPlayedIsKept() {
        Actor notSwitchedOut = ended(10);
        notSwitchedOut.switchedOut = false;
        Actor notNotified = ended(11);
        notNotified.notified = false;

        actors.forget(notSwitchedOut);
        actors.forget(notNotified);

        assertSame(notSwitchedOut, actors.get(10));
        assertSame(notNotified, actors.get(11));
        assertEquals(List.of(notSwitchedOut, notNotified), all());
    }
}
