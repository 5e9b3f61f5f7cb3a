package org.jurcu.stress.races;

import org.jurcu.rcu.list.RcuIntNode;
import org.jurcu.rcu.list.RcuIntTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A table grows, or grows and shrinks, while a reader looks for an element that stays, or an updater puts one.
 *
 * <p>Hypothesis (docs/collections.md, H1 to H12): the reader finds it, whichever array it sees, and what was put is there
 * afterwards. The first result is the reader's (1: found; always 1 where there is no reader), the second the arbiter's.
 *
 * <p>What may hide a failure: the wrong state of a twin would last for one or two stores; each pauses there. The order of the shrinking steps
 * has no twin here; it takes a third thread, and CollectionsModelTest has it.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t RcuHashTableResize}</pre>
 */
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Found.")
@Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "The reader missed what stays.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is lost.")
public class RcuHashTableResize {

    /** The same outcomes, with the bad ones wanted. */
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Found.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The reader missed what stays.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "An element is lost.")
    public static class Twins {}

    /** A frozen table, and what is left in the end. */
    abstract static class FrozenRace extends Meeting {
        final FrozenTable table;

        FrozenRace(FrozenTable table) {
            this.table = table;
        }

        final void look(II_Result r) {
            meet();
            r.r1 = table.finds(FrozenTable.ODD) ? 1 : 0;
        }

        final void put(II_Result r) {
            meet();
            table.put();
            r.r1 = 1;
        }

        final void grow() {
            meet();
            table.grow();
        }

        final void judge(II_Result r, int key) {
            r.r2 = table.finds(FrozenTable.EVEN) && table.finds(FrozenTable.ODD) && table.finds(key) ? 1 : 0;
        }
    }

    /** The library's table, with elements in every bucket. */
    abstract static class ShippedRace extends Meeting {
        private static final int KEYS = 8;
        private static final int WANTED = 5;

        private final RcuIntTable<Element> table = new RcuIntTable<>(1);

        ShippedRace() {
            for (int key = 0; key < KEYS; key++) {
                table.put(new Element(key));
            }
            table.resize(1);
        }

        final void look(II_Result r) {
            meet();
            r.r1 = table.lookup(WANTED) == null ? 0 : 1;
        }

        final void walk(II_Result r) {
            meet();
            int met = 0;
            for (Element e = table.firstOrNull(); e != null; e = table.nextOrNull(e)) {
                met += 1 << (4 * e.key());
            }
            r.r1 = met == 0x1111_1111 ? 1 : 0;
        }

        final void put(II_Result r) {
            meet();
            r.r1 = table.put(new Element(KEYS)) == null ? 1 : 0;
        }

        final void replace(II_Result r) {
            meet();
            Element old = table.put(new Element(WANTED));
            r.r1 = old != null && old.key() == WANTED ? 1 : 0;
        }

        final void growAndShrink() {
            meet();
            table.resize(8);
            table.resize(1);
        }

        final void judge(II_Result r, int keys) {
            boolean all = true;
            for (int key = 0; key < keys; key++) {
                all &= table.lookup(key) != null;
            }
            r.r2 = all && table.size() == keys ? 1 : 0;
        }

        private static final class Element extends RcuIntNode {
            Element(int key) {
                super(key);
            }
        }
    }

    /** A look-up while the frozen table grows. */
    @JCStressTest
    @JCStressMeta(RcuHashTableResize.class)
    @State
    public static class ModelLookup extends FrozenRace {
        public ModelLookup() {
            super(new FrozenTable());
        }

        @Actor
        public void other(II_Result r) {
            look(r);
        }

        @Actor
        public void resizer() {
            grow();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, FrozenTable.EVEN);
        }
    }

    /** A put while the frozen table grows. */
    @JCStressTest
    @JCStressMeta(RcuHashTableResize.class)
    @State
    public static class ModelPut extends FrozenRace {
        public ModelPut() {
            super(new FrozenTable());
        }

        @Actor
        public void other(II_Result r) {
            put(r);
        }

        @Actor
        public void resizer() {
            grow();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, FrozenTable.PUT_LATER);
        }
    }

    /** The array leads to the new bucket before that is linked: H8 before H7. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedEnteredTooEarly extends FrozenRace {
        public WeakenedEnteredTooEarly() {
            super(new FrozenTable() {
                @Override
                void grow() {
                    Link[] one = loadAcquireArray();
                    Link second = new Link(-2, null);
                    storeVolatileArray(new Link[] {one[0], second});
                    Meeting.pause();
                    second.storeReleaseNext(even.loadAcquireNext());
                    even.storeReleaseNext(second);
                }
            });
        }

        @Actor
        public void other(II_Result r) {
            look(r);
        }

        @Actor
        public void resizer() {
            grow();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, FrozenTable.EVEN);
        }
    }

    /** The list leads to the new beginning before that leads on: H7 the wrong way round. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedLinkedFrontFirst extends FrozenRace {
        public WeakenedLinkedFrontFirst() {
            super(new FrozenTable() {
                @Override
                void grow() {
                    Link[] one = loadAcquireArray();
                    Link rest = even.loadAcquireNext();
                    Link second = new Link(-2, null);
                    even.storeReleaseNext(second);
                    Meeting.pause();
                    second.storeReleaseNext(rest);
                    storeVolatileArray(new Link[] {one[0], second});
                }
            });
        }

        @Actor
        public void other(II_Result r) {
            look(r);
        }

        @Actor
        public void resizer() {
            grow();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, FrozenTable.EVEN);
        }
    }

    /** The put does not exclude the resizer. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedPutWithoutLock extends FrozenRace {
        public WeakenedPutWithoutLock() {
            super(new FrozenTable() {
                @Override
                void put() {
                    insert();
                }
            });
        }

        @Actor
        public void other(II_Result r) {
            put(r);
        }

        @Actor
        public void resizer() {
            grow();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, FrozenTable.PUT_LATER);
        }
    }

    /** The library: a look-up while the table grows and shrinks. */
    @JCStressTest
    @JCStressMeta(RcuHashTableResize.class)
    @State
    public static class ShippedLookup extends ShippedRace {
        @Actor
        public void other(II_Result r) {
            look(r);
        }

        @Actor
        public void resizer() {
            growAndShrink();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, 8);
        }
    }

    /** The library: a walk while the table grows and shrinks. */
    @JCStressTest
    @JCStressMeta(RcuHashTableResize.class)
    @State
    public static class ShippedWalk extends ShippedRace {
        @Actor
        public void other(II_Result r) {
            walk(r);
        }

        @Actor
        public void resizer() {
            growAndShrink();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, 8);
        }
    }

    /** The library: a put while the table grows and shrinks. */
    @JCStressTest
    @JCStressMeta(RcuHashTableResize.class)
    @State
    public static class ShippedPut extends ShippedRace {
        @Actor
        public void other(II_Result r) {
            put(r);
        }

        @Actor
        public void resizer() {
            growAndShrink();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, 9);
        }
    }

    /** The library: a replacement while the table grows and shrinks. */
    @JCStressTest
    @JCStressMeta(RcuHashTableResize.class)
    @State
    public static class ShippedReplace extends ShippedRace {
        @Actor
        public void other(II_Result r) {
            replace(r);
        }

        @Actor
        public void resizer() {
            growAndShrink();
        }

        @Arbiter
        public void end(II_Result r) {
            judge(r, 8);
        }
    }
}
