package org.jurcu.stress.races;

import org.jurcu.task.TaskLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reader looks at what another CPU runs, {@code rq->curr}, while that CPU switches away for the last time from a task that
 * was reaped already: the scheduler's rcu user is the last one.
 *
 * <p>Hypothesis: what {@code rcu_dereference(rq->curr)} names stays until the section ends, since the memory waits for a
 * grace period behind the last user. Before the union there was none: the plain pointer was not enough in a section either,
 * and {@code task_rcu_dereference} probed.
 *
 * <p>What may hide a failure: a grace period lies between the switch and the free, and the reader has to be slower than that.
 * It holds the task for 200 µs, and lets the thread of the callbacks run.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RqCurrAgainstLastSwitch}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The CPU had switched already.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found, and kept until the section ended.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Freed under the reader.")
public class RqCurrAgainstLastSwitch {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The CPU had switched already.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found, and kept.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Freed under the reader.")
    public static class Twins {}

    /** One task on the only CPU. */
    abstract static class OnCpu extends TaskInHand {
        OnCpu(ShippedKernel kernel) {
            super(kernel, kernel.reapedWhileRunning());
        }

        final void switchAway() {
            kernel.kernel().scheduler().contextSwitch(0, task, false);
            meet();
            kernel.kernel().scheduler().contextSwitch(0, kernel.kernel().idle(), true);
        }

        final int lookInSection() {
            meet();
            kernel.kernel().rcu().readLock();
            try {
                return hold(kernel.kernel().scheduler().curr(0));
            } finally {
                kernel.kernel().rcu().readUnlock();
            }
        }
    }

    /** Looks without a section. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoSection extends OnCpu {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.TAGGED);

        /** For jcstress. */
        public WeakenedNoSection() {
            super(KERNEL);
        }

        @Actor
        public void reader(I_Result r) {
            meet();
            r.r1 = hold(kernel.kernel().scheduler().curr(0));
        }

        @Actor
        public void cpu() {
            switchAway();
        }
    }

    /** Before the union, without the probing: the put of the last switch frees at once. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedPreUnionPlain extends OnCpu {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.PRE_UNION);

        /** For jcstress. */
        public WeakenedPreUnionPlain() {
            super(KERNEL);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = lookInSection();
        }

        @Actor
        public void cpu() {
            switchAway();
        }
    }

    /** Two words. */
    @JCStressTest
    @JCStressMeta(RqCurrAgainstLastSwitch.class)
    @State
    public static class ShippedSplit extends OnCpu {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.SPLIT);

        /** For jcstress. */
        public ShippedSplit() {
            super(KERNEL);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = lookInSection();
        }

        @Actor
        public void cpu() {
            switchAway();
        }
    }

    /** One word with a tag. */
    @JCStressTest
    @JCStressMeta(RqCurrAgainstLastSwitch.class)
    @State
    public static class ShippedTagged extends OnCpu {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.TAGGED);

        /** For jcstress. */
        public ShippedTagged() {
            super(KERNEL);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = lookInSection();
        }

        @Actor
        public void cpu() {
            switchAway();
        }
    }

    /** Before the union, with the probing. */
    @JCStressTest
    @JCStressMeta(RqCurrAgainstLastSwitch.class)
    @State
    public static class ShippedPreUnion extends OnCpu {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.PRE_UNION);

        /** For jcstress. */
        public ShippedPreUnion() {
            super(KERNEL);
        }

        @Actor
        public void reader(I_Result r) {
            meet();
            kernel.kernel().rcu().readLock();
            try {
                r.r1 = hold(kernel.kernel().scheduler().taskRcuDereference(0));
            } finally {
                kernel.kernel().rcu().readUnlock();
            }
        }

        @Actor
        public void cpu() {
            switchAway();
        }
    }
}
