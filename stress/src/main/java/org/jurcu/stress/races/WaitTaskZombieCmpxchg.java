package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads of a parent wait for the same zombie: the only change of {@code exit_state} that happens under the read side of
 * {@code tasklist_lock}, hence the compare-and-exchange in {@code wait_task_zombie}.
 *
 * <p>Hypothesis: exactly one of the two turns ZOMBIE into DEAD and goes on to {@code release_task}; the other finds the
 * task taken. Two winners would drop {@code rcu_users} twice for one life.
 *
 * <p>What may hide a failure: nothing of x86; the twin shows that the two steps of a get-then-set are hit.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t WaitTaskZombieCmpxchg}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                   samples         bad  share
 * Model                  765,976           0  0
 * WeakenedGetThenSet   2,361,382     257,486  10.9 %
 * Shipped                506,882           0  0
 * </pre>
 */
@Outcome(
        id = {"0, 1, 16", "1, 0, 16"},
        expect = Expect.ACCEPTABLE,
        desc = "One reaped; the task is DEAD.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both reaped, or nobody did.")
public class WaitTaskZombieCmpxchg {
    private static final int EXIT_DEAD = 0x10;
    private static final int EXIT_ZOMBIE = 0x20;

    /** The same outcomes, with the double reap wanted. */
    @Outcome(
            id = {"0, 1, 16", "1, 0, 16"},
            expect = Expect.ACCEPTABLE,
            desc = "One reaped; the task is DEAD.")
    @Outcome(id = "1, 1, 16", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both reaped: released twice.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody reaped.")
    public static class Twins {}

    /** Compare and exchange. */
    @JCStressTest
    @JCStressMeta(WaitTaskZombieCmpxchg.class)
    @State
    public static class Model {
        private static final VarHandle EXIT_STATE = Handles.of(Model.class, "exitState", int.class);

        int exitState = EXIT_ZOMBIE;

        private int reap() {
            return EXIT_STATE.compareAndSet(this, EXIT_ZOMBIE, EXIT_DEAD) ? 1 : 0;
        }

        @Actor
        public void left(III_Result r) {
            r.r1 = reap();
        }

        @Actor
        public void right(III_Result r) {
            r.r2 = reap();
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = (int) EXIT_STATE.getVolatile(this);
        }
    }

    /** Looks, then stores. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedGetThenSet {
        private static final VarHandle EXIT_STATE = Handles.of(WeakenedGetThenSet.class, "exitState", int.class);

        int exitState = EXIT_ZOMBIE;

        private int reap() {
            if ((int) EXIT_STATE.getVolatile(this) != EXIT_ZOMBIE) {
                return 0;
            }
            EXIT_STATE.setVolatile(this, EXIT_DEAD);
            return 1;
        }

        @Actor
        public void left(III_Result r) {
            r.r1 = reap();
        }

        @Actor
        public void right(III_Result r) {
            r.r2 = reap();
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = (int) EXIT_STATE.getVolatile(this);
        }
    }

    /** The library's {@code wait_task_zombie} on a real task; the winner releases it, the scheduler still holds it. */
    @JCStressTest
    @JCStressMeta(WaitTaskZombieCmpxchg.class)
    @State
    public static class Shipped {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.TAGGED);

        private final TaskStruct zombie = KERNEL.zombie();

        @Actor
        public void left(III_Result r) {
            r.r1 = KERNEL.reap(zombie) ? 1 : 0;
        }

        @Actor
        public void right(III_Result r) {
            r.r2 = KERNEL.reap(zombie) ? 1 : 0;
        }

        @Arbiter
        public void end(III_Result r) {
            // One release leaves the scheduler's user; a second one would have left none.
            r.r3 = zombie.rcuUsers() == 1 ? zombie.exitState() : -zombie.rcuUsers();
            KERNEL.switchAway(zombie);
        }
    }
}
