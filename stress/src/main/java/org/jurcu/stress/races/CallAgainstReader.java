package org.jurcu.stress.races;

import org.jurcu.rcu.RcuHead;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An updater that does not wait: it unlinks and queues the destruction with {@code call}.
 *
 * <p>Hypothesis: the callback runs once, and never while a section that found the object is still open. Orders A and C
 * carry this as they carry {@code synchronize}; what is added is the reclaimer, which must not run a callback at the end
 * of a grace period that began before the callback was queued.
 *
 * <p>What may hide a failure: the reclaimer is a third thread on two processors, so sections have to last long enough
 * for it to be woken (tens of microseconds) and far fewer samples are taken than elsewhere. The arbiter counts
 * invocations after a barrier, so that a callback which is lost, or comes twice, is seen too.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t CallAgainstReader}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                     samples         bad  share
 * Model                    265,367           0  0
 * WeakenedImmediate        277,376     106,465  38.4 %
 * WeakenedJoinsRunning      33,870       4,083  12.1 %
 * Shipped                   54,449           0  0
 * </pre>
 */
@Outcome(id = "2, 1", expect = Expect.FORBIDDEN, desc = "Destroyed in the reader's hands.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Used unharmed, then destroyed.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Found gone, then destroyed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The callback did not run exactly once.")
public class CallAgainstReader {

    /** The same outcomes, with the early callback wanted. */
    @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the reader's hands.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Used unharmed, then destroyed.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Found gone, then destroyed.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The callback did not run exactly once.")
    public static class Twins {}

    /** One object, which is its own callback head. */
    abstract static class QueuedDestruction extends UnlinkAndDestroy implements RcuHead {
        private PoisonedNode old;
        private int invocations;

        final void readSlowly(GraceDomain domain, II_Result r) {
            meet();
            domain.readLock();
            r.r1 = useSlowly(dereference());
            domain.readUnlock();
        }

        final void unlinkThenCall(GraceDomain domain) {
            old = dereference();
            meet();
            unlink();
            domain.call(this);
        }

        final void countInvocations(GraceDomain domain, II_Result r) {
            domain.barrier();
            r.r2 = invocations;
        }

        @Override
        public final void invoke() {
            invocations++;
            old.poison();
        }
    }

    /** The frozen protocol, which waits on the updater's own thread. */
    @JCStressTest
    @JCStressMeta(CallAgainstReader.class)
    @State
    public static class Model extends QueuedDestruction {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(II_Result r) {
            readSlowly(DOMAIN, r);
        }

        @Actor
        public void updater() {
            unlinkThenCall(DOMAIN);
        }

        @Arbiter
        public void end(II_Result r) {
            countInvocations(DOMAIN, r);
        }
    }

    /** Invokes at once: rcutorture's busted_call_rcu. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedImmediate extends QueuedDestruction {
        private static final GraceDomain DOMAIN = new FrozenEpochs() {
            @Override
            public void call(RcuHead head) {
                head.invoke();
            }
        };

        @Actor
        public void reader(II_Result r) {
            readSlowly(DOMAIN, r);
        }

        @Actor
        public void updater() {
            unlinkThenCall(DOMAIN);
        }

        @Arbiter
        public void end(II_Result r) {
            countInvocations(DOMAIN, r);
        }
    }

    /** Joins a grace period that is already running: it waits, but only for readers that were there when that began. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedJoinsRunning extends QueuedDestruction {
        private static final GraceDomain DOMAIN = new FrozenEpochs() {
            private boolean readerAtStart;

            @Override
            public void call(RcuHead head) {
                if (readerAtStart) {
                    synchronize();
                }
                head.invoke();
                readerAtStart = readerBefore(Long.MAX_VALUE); // the next grace period begins here, too early
            }
        };

        @Actor
        public void reader(II_Result r) {
            readSlowly(DOMAIN, r);
        }

        @Actor
        public void updater() {
            unlinkThenCall(DOMAIN);
        }

        @Arbiter
        public void end(II_Result r) {
            countInvocations(DOMAIN, r);
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(CallAgainstReader.class)
    @State
    public static class Shipped extends QueuedDestruction {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        @Actor
        public void reader(II_Result r) {
            readSlowly(DOMAIN, r);
        }

        @Actor
        public void updater() {
            unlinkThenCall(DOMAIN);
        }

        @Arbiter
        public void end(II_Result r) {
            countInvocations(DOMAIN, r);
        }
    }
}
