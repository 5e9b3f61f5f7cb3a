package org.jurcu.stress.races;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reader that has rested wakes up, while a leader strikes it off the list of those whom a scan meets: docs/grace-period.md
 * section 14.
 *
 * <p>Hypotheses. Who finds itself listed (R3a), behind its announcement, is met: the leader strikes off only whom it has found
 * outside twice, with its fence in between, and only by a compare-and-set (U6b), which fails against an owner that has woken its
 * reader. Who is listed anew has its bit before it says so, and announces itself behind both.
 *
 * <p>The updater runs a few periods before the race, so that the reader dozes, is struck off or neither; one in the race, which may
 * take it off; and then the one that counts.
 *
 * <p>What may hide a failure: the window between a look and the striking off is short; the frozen leader pauses in it, for as
 * long as it takes to look at some other readers. The library's cycle has 32 periods, of which a sample sees one, and its lock and
 * compare-and-set are full fences on x86.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t IdleReaderAgainstSynchronize}</pre>
 *
 * <p>Observed on x86-64 (EPYC, 2 cores, busy), JDK 17, with the flags of docs/stress.md:
 *
 * <pre>
 * test                      samples         bad  share
 * Model                     260,565           0  0
 * WeakenedFirstLook         166,158      27,321  16.4 %
 * WeakenedListedLate        302,532       8,823  2.9 %
 * WeakenedStoredUnlisted    396,415       7,737  2.0 %
 * Shipped                   150,929           0  0
 * </pre>
 */
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Destroyed in the hands of the reader that woke up.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
public class IdleReaderAgainstSynchronize {

    /** The same outcomes, with the bad one wanted. */
    @Outcome(
            id = "2",
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "Destroyed in the hands of the reader that woke up.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Found and used unharmed.")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Found gone.")
    public static class Twins {}

    /** The bodies. */
    abstract static class Rest extends UnlinkAndDestroy {
        /** @param most how many periods there are at most in front of the race */
        final void restThenDestroy(GraceDomain domain, int most) {
            PoisonedNode old = linked();
            for (int i = ThreadLocalRandom.current().nextInt(most + 1); i > 0; i--) {
                domain.synchronize();
            }
            meet();
            domain.synchronize();
            unlink();
            domain.synchronize();
            old.poison();
        }
    }

    /** The frozen algorithm. */
    @JCStressTest
    @JCStressMeta(IdleReaderAgainstSynchronize.class)
    @State
    public static class Model extends Rest {
        private static final GraceDomain DOMAIN = new FrozenIdleReader();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            restThenDestroy(DOMAIN, 2);
        }
    }

    /** Strikes off whom it finds outside, at the first look. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedFirstLook extends Rest {
        private static final GraceDomain DOMAIN = new FrozenIdleReader() {
            @Override
            void firstLook() {
                strikeOffUnlooked();
            }
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            restThenDestroy(DOMAIN, 2);
        }
    }

    /** Strikes off by a store. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedStoredUnlisted extends Rest {
        private static final GraceDomain DOMAIN = new FrozenIdleReader() {
            @Override
            boolean mayStrikeOff() {
                storeUnlisted();
                return true;
            }
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            restThenDestroy(DOMAIN, 2);
        }
    }

    /** Says that it is listed, and has its bit set behind the section. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedListedLate extends Rest {
        private static final GraceDomain DOMAIN = new FrozenIdleReader() {
            @Override
            void list() {
                sayListed();
            }

            @Override
            public void readUnlock() {
                storeBit();
                super.readUnlock();
            }
        };

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            restThenDestroy(DOMAIN, 2);
        }
    }

    /** The library, among readers that do nothing. */
    @JCStressTest
    @JCStressMeta(IdleReaderAgainstSynchronize.class)
    @State
    public static class Shipped extends Rest {
        private static final GraceDomain DOMAIN = ShippedRcu.amongIdleReaders();

        @Actor
        public void reader(I_Result r) {
            r.r1 = read(DOMAIN);
        }

        @Actor
        public void updater() {
            restThenDestroy(DOMAIN, 64);
        }
    }
}
