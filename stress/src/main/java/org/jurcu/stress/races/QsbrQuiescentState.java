package org.jurcu.stress.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reader that says when it holds nothing, against an updater that unlinks, waits and destroys: docs/qsbr.md.
 *
 * <p>Hypotheses. Coming online is a store that the stretch's loads must not overtake (order A), as in {@link
 * ReaderUpdaterDekker}. A quiescent state is not: it replaces an epoch by a newer one, and until that is seen the older one
 * makes the updater wait. So {@code ModelQuiescentState} has no fence and is never violated, and the twin that withdraws and
 * announces in two steps, with no fence either, is.
 *
 * <p>What may hide a failure: as in {@link ReaderUpdaterDekker}. The frozen updater's wait is short, so that the reader is
 * mostly met in the stretch that it is tested in. x86 shows neither a missing release nor a missing acquire: what they would
 * do, {@code WeakenedEarlyQuiescentState} does by hand.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t QsbrQuiescentState}</pre>
 */
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Destroyed in the reader's hands.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
public class QsbrQuiescentState {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Destroyed in the reader's hands.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class Twins {}

    /**
     * A reader whose piece begins with a quiescent state, or contains one too early. It comes online only when the updater
     * has left the sample before, which would wait for it otherwise.
     */
    abstract static class QuiescentReader extends UnlinkAndDestroy {
        /** The epoch moves on just before, so that the quiescent state has something to announce. */
        final int readBehindQuiescentState(FrozenQuiescentStates states) {
            meet();
            states.online();
            states.moveEpochOn();
            leaveStoresInFlight(); // the fences of the two lines before have let the others land
            states.quiescentState();
            int seen = use(dereference());
            states.offline();
            return seen;
        }

        /** The quiescent state comes while the object is still in use. */
        final int readAcrossQuiescentState(FrozenQuiescentStates states) {
            meet();
            states.online();
            PoisonedNode node = dereference();
            pause(); // until the updater's epoch is there to be announced, more often than not
            states.quiescentState();
            int seen = use(node);
            states.offline();
            return seen;
        }

        /** The library's reader. */
        final int readBehindQuiescentState(ShippedQsbr domain) {
            meet();
            domain.readLock();
            leaveStoresInFlight();
            domain.reader().quiescentState();
            int seen = use(dereference());
            domain.readUnlock();
            return seen;
        }
    }

    /** The frozen algorithm, coming online and going offline. */
    @JCStressTest
    @JCStressMeta(QsbrQuiescentState.class)
    @State
    public static class Model extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenQuiescentStates();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** Coming online without A. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedOnlineFence extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new FrozenQuiescentStates() {
            @Override
            void onlineFence() {}
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The frozen algorithm: a quiescent state just before the piece, and no fence. */
    @JCStressTest
    @JCStressMeta(QsbrQuiescentState.class)
    @State
    public static class ModelQuiescentState extends QuiescentReader {
        private static final FrozenQuiescentStates STATES = new FrozenQuiescentStates();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readBehindQuiescentState(STATES);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(STATES);
        }
    }

    /** The piece before is withdrawn first, and the next one announced afterwards. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedTwoSteps extends QuiescentReader {
        private static final FrozenQuiescentStates STATES = new FrozenQuiescentStates() {
            @Override
            void quiescentState() {
                storeReleaseAnnounced(0);
                leaveStoresInFlight(); // what may lie between any two stores
                storeReleaseAnnounced(loadAcquireEpoch());
            }
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = readBehindQuiescentState(STATES);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(STATES);
        }
    }

    /** The quiescent state is announced before the last access. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedEarlyQuiescentState extends QuiescentReader {
        private static final FrozenQuiescentStates STATES = new FrozenQuiescentStates();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readAcrossQuiescentState(STATES);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(STATES);
        }
    }

    /** The library, coming online and going offline. */
    @JCStressTest
    @JCStressMeta(QsbrQuiescentState.class)
    @State
    public static class Shipped extends UnlinkAndDestroy {
        private static final GraceDomain DOMAIN = new ShippedQsbr();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }

    /** The library, with a quiescent state just before the piece. */
    @JCStressTest
    @JCStressMeta(QsbrQuiescentState.class)
    @State
    public static class ShippedQuiescentState extends QuiescentReader {
        private static final ShippedQsbr DOMAIN = new ShippedQsbr();

        @Actor
        public void reader(I_Result r) {
            r.r1 = readBehindQuiescentState(DOMAIN);
        }

        @Actor
        public void updater() {
            unlinkThenDestroy(DOMAIN);
        }
    }
}
