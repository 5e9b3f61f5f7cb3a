package org.jurcu.stress.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reader walks through a list of three while an updater deletes the middle one and destroys it after a grace period, or
 * puts another behind it, or in its place.
 *
 * <p>Hypothesis (docs/collections.md, L1 to L5): the reader meets the two that stay, each once; what it meets is whole; of
 * a replaced element and its replacement it meets one.
 *
 * <p>What may hide a failure: the walk takes some nanoseconds. The reader therefore looks at each element for a while, and twins that
 * are wrong between two stores pause there.
 * The order of release and acquire alone cannot fail on x86; the twins take the steps in the wrong order by hand.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RcuListAgainstReader}</pre>
 */
@Outcome(
        id = {"0", "1"},
        expect = Expect.ACCEPTABLE,
        desc = "Met what stays, and what it met was whole.")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Met an element without contents.")
@Outcome(id = "3", expect = Expect.FORBIDDEN, desc = "Missed an element that stays, or met one twice.")
@Outcome(id = "4", expect = Expect.FORBIDDEN, desc = "Met neither the old nor the new one, or both.")
public class RcuListAgainstReader {

    /** The same outcomes, with the bad ones wanted. */
    @Outcome(
            id = {"0", "1"},
            expect = Expect.ACCEPTABLE,
            desc = "Met what stays, and what it met was whole.")
    @Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Met an element without contents.")
    @Outcome(id = "3", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Missed an element that stays, or met one twice.")
    @Outcome(id = "4", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Met neither the old nor the new one, or both.")
    public static class Twins {}

    /** The body, for the library and for every frozen list. */
    abstract static class Walk extends Meeting {
        private static final int MET_WITHOUT = 0;
        private static final int MET_ALL = 1;
        private static final int NOT_WHOLE = 2;
        private static final int MISSED = 3;
        private static final int NOT_ONE = 4;

        private static final int A = 0;
        private static final int B = 1;
        private static final int C = 2;
        private static final int FRESH = 3;

        /** How often a reader looks at an element: about the time that the updater's steps take. */
        private static final int LOOKS = 30;

        private final ElementList list;
        private final ListElement b = new ListElement(B);
        private final ListElement fresh = new ListElement(FRESH);

        Walk(ElementList list) {
            this.list = list;
            ListElement a = new ListElement(A);
            ListElement c = new ListElement(C);
            a.fill();
            b.fill();
            c.fill();
            list.fill(a, b, c);
        }

        final int walk(GraceDomain domain, boolean replacing) {
            domain.readLock();
            domain.readUnlock();
            meet();
            domain.readLock();
            int[] met = new int[4];
            boolean whole = true;
            for (ListElement e = list.first(); e != null; e = list.next(e)) {
                met[e.number]++;
                for (int i = 0; i < LOOKS; i++) {
                    whole &= e.isWhole();
                    Thread.onSpinWait();
                }
            }
            domain.readUnlock();
            if (met[A] != 1 || met[C] != 1) {
                return MISSED;
            }
            if (!whole) {
                return NOT_WHOLE;
            }
            if (replacing && met[B] + met[FRESH] != 1) {
                return NOT_ONE;
            }
            return met[B] + met[FRESH] == 0 ? MET_WITHOUT : MET_ALL;
        }

        final void delete(GraceDomain domain) {
            meet();
            list.delete();
            domain.synchronize();
            b.poison();
        }

        final void deleteWithoutGracePeriod() {
            meet();
            list.delete();
            b.poison();
        }

        final void add() {
            meet();
            list.fillAndAdd(fresh);
        }

        final void replace(GraceDomain domain) {
            fresh.fill();
            meet();
            list.replace(fresh);
            domain.synchronize();
            b.poison();
        }
    }

    /** The frozen list and the frozen protocol. */
    @JCStressTest
    @JCStressMeta(RcuListAgainstReader.class)
    @State
    public static class ModelDelete extends Walk {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        public ModelDelete() {
            super(new ElementList.Frozen());
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, false);
        }

        @Actor
        public void updater() {
            delete(DOMAIN);
        }
    }

    /** The frozen list and the frozen protocol. */
    @JCStressTest
    @JCStressMeta(RcuListAgainstReader.class)
    @State
    public static class ModelReplace extends Walk {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        public ModelReplace() {
            super(new ElementList.Frozen());
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, true);
        }

        @Actor
        public void updater() {
            replace(DOMAIN);
        }
    }

    /** Deletes as one does in a list without readers: the element leads nowhere. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNextCleared extends Walk {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        public WeakenedNextCleared() {
            super(new ElementList.Frozen() {
                @Override
                public void delete() {
                    super.delete();
                    b.storeReleaseFrozenNext(null);
                }
            });
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, false);
        }

        @Actor
        public void updater() {
            delete(DOMAIN);
        }
    }

    /** Destroys at once. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedNoGracePeriod extends Walk {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        public WeakenedNoGracePeriod() {
            super(new ElementList.Frozen());
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, false);
        }

        @Actor
        public void updater() {
            deleteWithoutGracePeriod();
        }
    }

    /** Publishes an element before it has contents: L2 without A. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedPublishFirst extends Walk {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        public WeakenedPublishFirst() {
            super(new ElementList.Frozen() {
                @Override
                public void fillAndAdd(ListElement fresh) {
                    fresh.storeReleaseFrozenNext(c);
                    b.storeReleaseFrozenNext(fresh);
                    Meeting.pause();
                    fresh.fill();
                }
            });
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, false);
        }

        @Actor
        public void updater() {
            add();
        }
    }

    /** Replaces in two steps. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedDeleteThenAdd extends Walk {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        public WeakenedDeleteThenAdd() {
            super(new ElementList.Frozen() {
                @Override
                public void replace(ListElement fresh) {
                    fresh.storeReleaseFrozenNext(c);
                    a.storeReleaseFrozenNext(c);
                    Meeting.pause();
                    a.storeReleaseFrozenNext(fresh);
                }
            });
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, true);
        }

        @Actor
        public void updater() {
            replace(DOMAIN);
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(RcuListAgainstReader.class)
    @State
    public static class ShippedDelete extends Walk {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        public ShippedDelete() {
            super(new ElementList.Shipped());
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, false);
        }

        @Actor
        public void updater() {
            delete(DOMAIN);
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(RcuListAgainstReader.class)
    @State
    public static class ShippedAdd extends Walk {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        public ShippedAdd() {
            super(new ElementList.Shipped());
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, false);
        }

        @Actor
        public void updater() {
            add();
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(RcuListAgainstReader.class)
    @State
    public static class ShippedReplace extends Walk {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        public ShippedReplace() {
            super(new ElementList.Shipped());
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = walk(DOMAIN, true);
        }

        @Actor
        public void updater() {
            replace(DOMAIN);
        }
    }
}
