package org.jurcu.stress.races;

import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@code find_task_by_vpid} and {@code get_task_struct} against the release of the task: the number is taken out of the
 * table, the last rcu user goes, and the memory follows a grace period later.
 *
 * <p>Hypothesis: a task that was found keeps its memory, and its usage above 0, until the section ends; a reference
 * that was taken in the section keeps it beyond.
 *
 * <p>What may hide a failure: the grace period between the release and the free; whoever has found the task holds it for
 * 200 µs behind its section.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t PidLookupAgainstRelease}</pre>
 *
 * <p>Observed: docs/stress.md.
 */
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The number was free already.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found, and kept as long as it was wanted.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Freed in the hands of the finder.")
public class PidLookupAgainstRelease {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The number was free already.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found, and kept.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Freed in the hands of the finder.")
    public static class Twins {}

    /** A zombie that has left its CPU, so that the release drops the last rcu user. */
    abstract static class Zombie extends TaskInHand {
        Zombie(ShippedKernel kernel) {
            super(kernel, kernel.zombieOffCpu());
        }

        final void release() {
            meet();
            if (!kernel.reap(task)) {
                throw new IllegalStateException("somebody else reaped " + task);
            }
        }

        /** Finds, takes a reference in the section, and holds the task behind it. */
        final int findAndKeep() {
            meet();
            TaskStruct found = null;
            kernel.kernel().rcu().readLock();
            try {
                if (kernel.kernel().pids().findTaskByPid(pid) == task) {
                    found = task.getTaskStruct();
                }
            } finally {
                kernel.kernel().rcu().readUnlock();
            }
            int seen = hold(found);
            if (found != null) {
                found.putTaskStruct();
            }
            return seen;
        }

        /** Finds, and holds the bare pointer behind the section. */
        final int findAndForgetToKeep() {
            meet();
            TaskStruct found;
            kernel.kernel().rcu().readLock();
            try {
                found = kernel.kernel().pids().findTaskByPid(pid);
            } finally {
                kernel.kernel().rcu().readUnlock();
            }
            return hold(found);
        }
    }

    /** No reference is taken in the section. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoReference extends Zombie {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.TAGGED);

        /** For jcstress. */
        public WeakenedNoReference() {
            super(KERNEL);
        }

        @Actor
        public void finder(I_Result r) {
            r.r1 = findAndForgetToKeep();
        }

        @Actor
        public void parent() {
            release();
        }
    }

    /** Two words. */
    @JCStressTest
    @JCStressMeta(PidLookupAgainstRelease.class)
    @State
    public static class ShippedSplit extends Zombie {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.SPLIT);

        /** For jcstress. */
        public ShippedSplit() {
            super(KERNEL);
        }

        @Actor
        public void finder(I_Result r) {
            r.r1 = findAndKeep();
        }

        @Actor
        public void parent() {
            release();
        }
    }

    /** One word with a tag. */
    @JCStressTest
    @JCStressMeta(PidLookupAgainstRelease.class)
    @State
    public static class ShippedTagged extends Zombie {
        private static final ShippedKernel KERNEL = new ShippedKernel(TaskLayout.TAGGED);

        /** For jcstress. */
        public ShippedTagged() {
            super(KERNEL);
        }

        @Actor
        public void finder(I_Result r) {
            r.r1 = findAndKeep();
        }

        @Actor
        public void parent() {
            release();
        }
    }
}
