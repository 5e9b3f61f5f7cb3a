package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What a reader did is done when the grace period ends: orders B (end of a section) and E (end of the wait).
 *
 * <p>Hypothesis: a reader that found the object writes into it inside its section; an updater that unlinked the object
 * and waited for a grace period sees that write, although it is plain. B orders the section's accesses before the end of
 * the announcement, E orders the end of the announcement before whatever the updater does next. If either were missing,
 * an updater could reuse memory into which a late store of a finished reader still falls.
 *
 * <p>What may hide a failure: x86 does not reorder two stores, so a relaxed store in place of B's release shows nothing
 * here and needs weaker hardware (AArch64, POWER). The twins end the announcement early, before the last access, and so
 * let happen on any machine what the missing release would let happen on those.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t UnlockToCallback}</pre>
 *
 * <p>Observed on x86-64 (Xeon, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                    samples         bad  share
 * Model                   478,217           0  0
 * WeakenedEarlyUnlock     885,371      75,394  8.5 %
 * Shipped                 456,200           0  0
 * </pre>
 */
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "The reader had the object; its write came after the wait.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The reader had the object; its write is visible.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The reader found the object gone.")
public class UnlockToCallback {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(
            id = "1, 0",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "The reader had the object; its write came after the wait.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The reader had the object; its write is visible.")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The reader found the object gone.")
    public static class Twins {}

    /** An object with one plain field, linked until the updater unlinks it. */
    abstract static class LinkedRecord extends Meeting {
        private static final VarHandle LINKED = Handles.of(LinkedRecord.class, "linked", int.class);

        int linked = 1;
        int data;

        final void readerWrites(GraceDomain domain, II_Result r) {
            meet();
            domain.readLock();
            r.r1 = (int) LINKED.getOpaque(this);
            if (r.r1 == 1) {
                data = 1;
            }
            domain.readUnlock();
        }

        final void readerWritesLate(GraceDomain domain, II_Result r) {
            meet();
            domain.readLock();
            r.r1 = (int) LINKED.getOpaque(this);
            domain.readUnlock();
            if (r.r1 == 1) {
                pause(); // as long as a store may wait that no release holds back
                data = 1;
            }
        }

        final void updaterReads(GraceDomain domain, II_Result r) {
            meet();
            LINKED.setOpaque(this, 0);
            domain.synchronize();
            r.r2 = data;
        }
    }

    /** The frozen protocol. */
    @JCStressTest
    @JCStressMeta(UnlockToCallback.class)
    @State
    public static class Model extends LinkedRecord {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(II_Result r) {
            readerWrites(DOMAIN, r);
        }

        @Actor
        public void updater(II_Result r) {
            updaterReads(DOMAIN, r);
        }
    }

    /** The announcement ends before the last access. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedEarlyUnlock extends LinkedRecord {
        private static final GraceDomain DOMAIN = new FrozenEpochs();

        @Actor
        public void reader(II_Result r) {
            readerWritesLate(DOMAIN, r);
        }

        @Actor
        public void updater(II_Result r) {
            updaterReads(DOMAIN, r);
        }
    }

    /** The library. */
    @JCStressTest
    @JCStressMeta(UnlockToCallback.class)
    @State
    public static class Shipped extends LinkedRecord {
        private static final GraceDomain DOMAIN = ShippedRcu.byHandle();

        @Actor
        public void reader(II_Result r) {
            readerWrites(DOMAIN, r);
        }

        @Actor
        public void updater(II_Result r) {
            updaterReads(DOMAIN, r);
        }
    }
}
