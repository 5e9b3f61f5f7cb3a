package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;

/** Faults that no busted flavour has: one for each way in which a detector can fire. */
class DetectorsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final CountDownLatch released = new CountDownLatch(1);
    private Subject subject;

    @AfterEach
    void close() {
        released.countDown();
        subject.domain().close();
    }

    private Subject create() {
        return Flavour.RCU.create("faulty", Duration.ofSeconds(3), new StallReports());
    }

    private Torture with(Function<RcuDomain, UpdateSide> fault, String sentence) {
        subject = create();
        subject.with(fault.apply(subject.domain()));
        return new Torture(subject, plan(sentence).withWaitLimit(SHORT));
    }

    /** Until that is said. */
    private static Plan plan(String sentence) {
        return Plan.busted(LONG, 1, evidence -> said(evidence).contains(sentence));
    }

    private static String said(Evidence evidence) {
        return String.join("\n", evidence.sentences());
    }

    private static void assertSays(Torture torture, String sentence) {
        assertTrue(said(torture.evidence()).contains(sentence), said(torture.evidence()));
    }

    private static void runUntil(Torture torture, String sentence) throws InterruptedException {
        torture.run();
        assertSays(torture, sentence);
    }

    /** Says of each cookie once that its time has come, and then no longer. */
    private static final class Forgetful extends UpdateSide {
        private final Set<Long> told = new HashSet<>();

        Forgetful(RcuDomain domain) {
            super(domain);
        }

        @Override
        boolean pollState(long cookie) {
            return cookie == RcuDomain.COMPLETED_STATE || (super.pollState(cookie) && told.add(cookie));
        }
    }

    @Test
    void aCookieThatIsNotTrueBehindItsGracePeriod() {
        String sentence = "is not true behind ";
        Torture torture = with(
                domain -> new UpdateSide(domain) {
                    @Override
                    void synchronizeExpedited() {}
                },
                sentence);
        while (!torture.evidence().any()) {
            torture.writers().get(0).turn();
        }
        assertSays(torture, "is not true behind expedited");
        assertEquals(Set.of(Detector.COOKIE), torture.evidence().detectors());
    }

    @Test
    void theCookieThatIsAlwaysTrueIsNot() {
        Torture torture = with(
                domain -> new UpdateSide(domain) {
                    @Override
                    boolean pollState(long cookie) {
                        return cookie != RcuDomain.COMPLETED_STATE && super.pollState(cookie);
                    }
                },
                "");
        while (!torture.evidence().any()) {
            torture.writers().get(0).turn();
        }
        assertSays(torture, "or the one that always is");
    }

    @Test
    void aWritersCookieThatWasTrueAndIsNot() {
        Torture torture = with(Forgetful::new, "");
        while (!torture.evidence().any()) {
            torture.writers().get(0).turn();
        }
        assertSays(torture, " was true, and then not");
    }

    @Test
    void aFakeWritersCookieThatWasTrueAndIsNot() {
        Torture torture = with(Forgetful::new, "");
        FakeWriter fake = new FakeWriter(torture, 0, torture.choices("fake"));
        while (!torture.evidence().any()) {
            fake.turn();
        }
        assertSays(torture, "though it was or a later one is");
        assertEquals(Set.of(Detector.COOKIE), torture.evidence().detectors());
    }

    /** The first cookie alone, of which no later one can tell. */
    @Test
    void aFakeWritersOnlyTrueCookieThatIsTrueNoLonger() {
        Torture torture = with(
                domain -> new UpdateSide(domain) {
                    private boolean told;

                    @Override
                    boolean pollState(long cookie) {
                        boolean first = !told && super.pollState(cookie);
                        told |= first;
                        return first;
                    }
                },
                "");
        FakeWriter fake = new FakeWriter(torture, 0, torture.choices("fake"));
        while (!torture.evidence().any()) {
            fake.turn();
        }
        assertSays(torture, "though it was or a later one is");
    }

    @Test
    void anEarlierCookieThatIsTrueLater() {
        Torture torture = with(
                domain -> new UpdateSide(domain) {
                    private long first;

                    @Override
                    long startPoll() {
                        long cookie = super.startPoll();
                        first = first == 0 ? cookie : first;
                        return cookie;
                    }

                    @Override
                    boolean pollState(long cookie) {
                        return cookie != first && super.pollState(cookie);
                    }
                },
                "");
        FakeWriter fake = new FakeWriter(torture, 0, torture.choices("fake"));
        while (!torture.evidence().any()) {
            fake.turn();
        }
        assertSays(torture, "though it was or a later one is");
    }

    @Test
    void aCookieThatNeverBecomesTrue() throws Exception {
        String sentence = "cookies did not become true";
        runUntil(
                with(
                        domain -> new UpdateSide(domain) {
                            private final Set<Long> lost = ConcurrentHashMap.newKeySet();

                            @Override
                            long startPoll() {
                                long cookie = super.startPoll();
                                lost.add(cookie);
                                return cookie;
                            }

                            @Override
                            boolean pollState(long cookie) {
                                return !lost.contains(cookie) && super.pollState(cookie);
                            }
                        },
                        sentence),
                sentence);
    }

    @Test
    void aCallbackOfTheBarriersTestThatRunsTwice() throws Exception {
        String sentence = "a callback of the barrier's test ran twice";
        runUntil(
                with(
                        domain -> new UpdateSide(domain) {
                            @Override
                            void call(RcuHead head) {
                                super.call(head);
                                if (head.getClass().getName().contains("BarrierTester")) {
                                    super.call(head);
                                }
                            }
                        },
                        sentence),
                sentence);
    }

    @Test
    void aCallbackFromInsideASectionThatIsLost() throws Exception {
        String sentence = "queued inside a section did not come back";
        subject = create();
        subject.with(new UpdateSide(subject.domain()) {
            @Override
            void call(RcuHead head) {
                if (!head.getClass().getName().contains("Sections")) {
                    super.call(head);
                }
            }
        });
        runUntil(new Torture(subject, plan(sentence).withTime(SHORT)), sentence);
    }

    @Test
    void aFloodOfWhichOneIsLost() throws Exception {
        String sentence = "a callback of the flood did not come back";
        subject = create();
        subject.with(new UpdateSide(subject.domain()) {
            private boolean dropped;

            @Override
            void call(RcuHead head) {
                if (!dropped && head.getClass().getName().contains("Flood")) {
                    dropped = true;
                } else {
                    super.call(head);
                }
            }
        });
        runUntil(new Torture(subject, plan(sentence).withWaitLimit(SHORT).withFlood()), sentence);
    }

    @Test
    void aFloodOfWhichOneRunsTwice() throws Exception {
        String sentence = "a callback of the flood ran twice";
        subject = create();
        subject.with(new UpdateSide(subject.domain()) {
            @Override
            void call(RcuHead head) {
                super.call(head);
                if (head.getClass().getName().contains("Flood")) {
                    super.call(head);
                }
            }
        });
        runUntil(new Torture(subject, plan(sentence).withWaitLimit(SHORT).withFlood()), sentence);
    }

    @Test
    void aSectionThatNeverBegins() throws Exception {
        String sentence = "no progress for 300 ms: ";
        Subject sound = create();
        subject = new Subject(sound.domain(), reader -> new Blocked(), false, false, new StallReports()) {
            @Override
            void release() {
                released.countDown();
            }
        };
        Torture torture = new Torture(subject, plan(sentence).withHangLimit(SHORT));
        runUntil(torture, sentence);
        assertTrue(
                said(torture.evidence()).matches("(?s).*\"torture-faulty-reader-0\" WAITING [^;]*Blocked.enter.*"),
                said(torture.evidence()));
    }

    private final class Blocked extends ReadSide {
        @Override
        int enter() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }

        @Override
        void exit(int token) {}
    }

    @Test
    void aCloseThatDoesNotEnd() throws Exception {
        String sentence = "close() does not end: \"torture-faulty-closer\" WAITING";
        subject = new Subject(create().domain(), reader -> new Free(), false, false, new StallReports()) {
            @Override
            public void close() {
                new Blocked().enter();
            }

            @Override
            void release() {
                released.countDown();
            }
        };
        runUntil(new Torture(subject, plan(sentence).withTime(SHORT).withHangLimit(SHORT)), sentence);
    }

    @Test
    void aThreadOfTheDomainThatStays() throws Exception {
        String sentence = "the closed domain left \"jurcu-faulty";
        subject = new Subject(create().domain(), reader -> new Free(), false, false, new StallReports()) {
            @Override
            public void close() {}
        };
        runUntil(new Torture(subject, plan(sentence).withTime(SHORT).withHangLimit(SHORT)), sentence);
    }

    /** Protects nothing, where that plays no part. */
    private static final class Free extends ReadSide {
        @Override
        int enter() {
            return 0;
        }

        @Override
        void exit(int token) {}
    }

    /** Comes back once it was asked for so often. */
    private static LongSupplier backAfter(int looks) {
        AtomicInteger left = new AtomicInteger(looks);
        return () -> left.getAndDecrement() > 0 ? 0 : 1;
    }

    @Test
    void aBarrierAnswersForWhatWasCalledBeforeIt() {
        Torture torture = with(UpdateSide::new, "never");
        assertTrue(torture.awaitCallbacks(backAfter(4), () -> 1, () -> 1, "a callback"));
        assertSays(torture, "a callback ran behind the barrier that had to wait for it");
    }

    @Test
    void aBarrierNeedNotWaitForWhatIsNotCalledYet() {
        Torture torture = with(UpdateSide::new, "never");
        assertTrue(torture.awaitCallbacks(backAfter(4), () -> 1, () -> 0, "a callback"));
        assertEquals("", said(torture.evidence()));
    }
}
