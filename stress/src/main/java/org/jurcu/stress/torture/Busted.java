package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;

/**
 * Flavours that must fail, nearly all made of {@link Flavour#RCU_READER} by taking one promise away. A run counts only if each is caught, by the
 * detector that is there for its fault, and by no other that has no business with it.
 */
@SuppressWarnings("ImmutableEnumChecker") // sets and predicates that nobody changes
enum Busted {
    NO_GRACE_PERIOD(
            "synchronize() returns at once, expedited or not, and callbacks run at once",
            Detector.AGE,
            "an age of 2 or more, by synchronize or by callbacks",
            EnumSet.of(Detector.LIFE, Detector.MAIL, Detector.COOKIE),
            evidence -> evidence.agedBy(Update.SYNCHRONIZE) || evidence.agedBy(Update.CALL)) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return subject.with(new UpdateSide(subject.domain()) {
                @Override
                void synchronize() {}

                @Override
                void synchronizeExpedited() {}

                @Override
                void call(RcuHead head) {
                    head.invoke();
                }
            });
        }
    },
    HALF_OF_THE_READERS(
            "a grace period waits for the readers with even numbers only",
            Detector.AGE,
            "an age of 2 or more, in sections of readers with odd numbers only",
            EnumSet.of(Detector.LIFE, Detector.MAIL, Detector.COOKIE),
            Evidence::agedOnlyForOddReaders) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            return new HalfBlind(name, stallTimeout, stalls);
        }
    },
    CALLBACK_AT_ONCE(
            "call() runs the callback itself, at once",
            Detector.AGE,
            "an age of 2 or more, by callbacks only",
            EnumSet.of(Detector.LIFE, Detector.MAIL),
            evidence -> evidence.agedOnlyBy(Update.CALL)) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return subject.with(new UpdateSide(subject.domain()) {
                @Override
                void call(RcuHead head) {
                    head.invoke();
                }
            });
        }
    },
    EARLY_EXPEDITED(
            "synchronizeExpedited() returns at once",
            Detector.AGE,
            "an age of 2 or more, by expedited grace periods only",
            EnumSet.of(Detector.LIFE, Detector.MAIL, Detector.COOKIE),
            evidence -> evidence.agedOnlyBy(Update.EXPEDITED)) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return subject.with(new UpdateSide(subject.domain()) {
                @Override
                void synchronizeExpedited() {}
            });
        }
    },
    EARLY_COOKIE(
            "pollState() says true one grace period too early: it counts the one that runs already",
            Detector.COOKIE,
            "a cookie that was taken inside a section is true inside it",
            EnumSet.of(Detector.AGE, Detector.LIFE, Detector.MAIL),
            evidence -> evidence.count(Detector.COOKIE) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            subject.domain().synchronize(); // one period is over, so that each cookie has one before it
            return subject.with(new UpdateSide(subject.domain()) {
                @Override
                boolean pollState(long cookie) {
                    return super.pollState(cookie == RcuDomain.COMPLETED_STATE ? cookie : cookie - 4);
                }
            });
        }
    },
    EARLY_BARRIER(
            "barrier() returns at once",
            Detector.BARRIER,
            "a callback that the barrier had to wait for runs behind it",
            EnumSet.noneOf(Detector.class),
            evidence -> evidence.count(Detector.BARRIER) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return subject.with(new UpdateSide(subject.domain()) {
                @Override
                void barrier() {}
            });
        }
    },
    SPLIT_SECTION(
            "a reader drops its protection before it takes the next",
            Detector.AGE,
            "an age of 2 or more, in sections that swapped their protection only",
            EnumSet.of(Detector.LIFE, Detector.MAIL, Detector.COOKIE),
            Evidence::agedOnlyBehindSwaps) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject whole = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return new Subject(whole.domain(), number -> new Split(whole.join(number)), false, false, stalls);
        }
    },
    SWAPPED_SRCU(
            "what was found in one section of Srcu is used in the next, which overlaps it",
            Detector.AGE,
            "an age of 2 or more, in sections that swapped their protection only",
            EnumSet.of(Detector.LIFE, Detector.MAIL, Detector.COOKIE),
            Evidence::agedOnlyBehindSwaps) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject srcu = Flavour.SRCU.create(name, stallTimeout, stalls);
            return new Subject(srcu.domain(), number -> new Wrapped(srcu.join(number)), false, false, stalls);
        }
    },
    LATE_STORE(
            "a reader writes to its element behind its section",
            Detector.MAIL,
            "mail arrives where a grace period has emptied the box",
            EnumSet.noneOf(Detector.class),
            evidence -> evidence.count(Detector.MAIL) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject careful = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return new Subject(careful.domain(), careful::join, false, false, stalls) {
                @Override
                boolean sendsLate() {
                    return true;
                }
            };
        }
    },
    LOST_CALLBACK(
            "one of 64 callbacks is dropped",
            Detector.RETURN,
            "an element or a callback does not come back, whatever is waited for",
            EnumSet.of(Detector.BARRIER), // it returned without the lost one; another's late return looks like it
            evidence -> evidence.count(Detector.RETURN) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return subject.with(new Numbered(subject.domain()) {
                @Override
                int times(long call) {
                    return call % 64 == 0 ? 0 : 1;
                }
            });
        }

        @Override
        Plan with(Plan plan) {
            return plan.withWaitLimit(SHORT);
        }
    },
    REPEATED_CALLBACK(
            "one of 64 callbacks runs twice",
            Detector.RETURN,
            "a callback runs that is not queued",
            EnumSet.of(Detector.AGE, Detector.LIFE, Detector.MAIL),
            evidence -> evidence.count(Detector.RETURN) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return subject.with(new Numbered(subject.domain()) {
                @Override
                int times(long call) {
                    return call % 64 == 0 ? 2 : 1;
                }
            });
        }
    },
    ONE_CALLBACK_A_PERIOD(
            "callbacks are not taken in batches: each waits for a grace period of its own",
            Detector.FLOOD,
            "too few callbacks of a flood come round",
            EnumSet.of(Detector.RETURN),
            evidence -> evidence.count(Detector.FLOOD) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject batched = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            OneByOne oneByOne = new OneByOne(batched.domain());
            return new Subject(batched.domain(), batched::join, false, false, stalls) {
                @Override
                void release() {
                    oneByOne.released = true;
                }
            }.with(oneByOne);
        }

        @Override
        Plan with(Plan plan) {
            return plan.withWaitLimit(SHORT).withFlood();
        }
    },
    SILENT_STALL(
            "nobody reports a reader that holds grace periods up",
            Detector.STALL,
            "the report about the stalled reader does not come",
            EnumSet.of(Detector.RETURN),
            evidence -> evidence.count(Detector.STALL) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject told = Flavour.RCU_READER.create(name, stallTimeout, new StallReports());
            return new Subject(told.domain(), told::join, false, false, stalls);
        }

        @Override
        Plan with(Plan plan) {
            return plan.withWaitLimit(SHORT).withStall();
        }
    },
    UNSEEN_DEATH(
            "a reader that died inside is not counted",
            Detector.DEATH,
            "the domain knows of fewer deaths than there were",
            EnumSet.noneOf(Detector.class),
            evidence -> evidence.count(Detector.DEATH) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Subject subject = Flavour.RCU_READER.create(name, stallTimeout, stalls);
            return new Subject(subject.domain(), number -> new Undying(subject.join(number)), false, true, stalls);
        }

        @Override
        Plan with(Plan plan) {
            return plan.withChurn().withTime(SHORT);
        }
    },
    STUCK_GRACE_PERIOD(
            "after a while synchronize() does not return",
            Detector.HANG,
            "a writer gets no further",
            EnumSet.noneOf(Detector.class),
            evidence -> evidence.count(Detector.HANG) > 0) {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            return new Stuck(name, stallTimeout, stalls);
        }

        @Override
        Plan with(Plan plan) {
            return plan.withHangLimit(SHORT);
        }
    };

    /** Long enough for what does not come: more is waited for it only where it is the fault itself. */
    private static final Duration SHORT = Duration.ofMillis(400);

    private final String fault;
    private final Detector detector;
    private final String meant;
    private final Set<Detector> company;
    private final Predicate<Evidence> caught;

    Busted(String fault, Detector detector, String meant, Set<Detector> company, Predicate<Evidence> caught) {
        this.fault = fault;
        this.detector = detector;
        this.meant = meant;
        this.company = company;
        this.caught = caught;
    }

    abstract Subject create(String name, Duration stallTimeout, StallReports stalls);

    /** What it takes to catch it, and shorter limits where its fault is that nothing comes. */
    Plan with(Plan plan) {
        return plan;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong with it. */
    String fault() {
        return fault;
    }

    Detector detector() {
        return detector;
    }

    /** By what it has to be caught, in words. */
    String meant() {
        return meant;
    }

    /** Returns whether it was caught by what it is meant for. */
    boolean caughtBy(Evidence evidence) {
        return caught.test(evidence);
    }

    /** Returns which detectors fired that neither are meant nor follow from the fault. */
    Set<Detector> strangers(Evidence evidence) {
        Set<Detector> strangers = EnumSet.noneOf(Detector.class);
        strangers.addAll(evidence.detectors());
        strangers.remove(detector);
        strangers.removeAll(company);
        return strangers;
    }

    /** Passes everything on. */
    private static class Wrapped extends ReadSide {
        final ReadSide side;

        Wrapped(ReadSide side) {
            this.side = side;
        }

        @Override
        int enter() {
            return side.enter();
        }

        @Override
        void exit(int token) {
            side.exit(token);
        }

        @Override
        public void close() {
            side.close();
        }
    }

    private static final class Split extends Wrapped {
        Split(ReadSide side) {
            super(side);
        }

        @Override
        int swap(int token) {
            exit(token);
            return enter();
        }
    }

    /** Whoever would die inside leaves first, so that nobody is missed. */
    private static final class Undying extends Wrapped {
        Undying(ReadSide side) {
            super(side);
        }

        @Override
        void die() {}
    }

    /** A domain of its own for the readers that nobody waits for. */
    private static final class HalfBlind extends Subject {
        private final Subject unseen;

        HalfBlind(String name, Duration stallTimeout, StallReports stalls) {
            this(
                    Flavour.RCU_READER.create(name, stallTimeout, stalls),
                    Flavour.RCU_READER.create(name + "-unseen", stallTimeout, stalls),
                    stalls);
        }

        private HalfBlind(Subject seen, Subject unseen, StallReports stalls) {
            super(
                    seen.domain(),
                    number -> (number & 1) == 0 ? seen.join(number) : unseen.join(number),
                    false,
                    false,
                    stalls);
            this.unseen = unseen;
        }

        @Override
        public void close() {
            unseen.close();
            super.close();
        }
    }

    /** Queues what it is given as often as the number of the call says. */
    private abstract static class Numbered extends UpdateSide {
        private final AtomicLong calls = new AtomicLong();

        Numbered(RcuDomain domain) {
            super(domain);
        }

        abstract int times(long call);

        @Override
        final void call(RcuHead head) {
            for (int left = times(calls.incrementAndGet()); left > 0; left--) {
                super.call(head);
            }
        }
    }

    private static final class OneByOne extends UpdateSide {
        private final Queue<RcuHead> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger unfinished = new AtomicInteger();
        private volatile boolean released;

        OneByOne(RcuDomain domain) {
            super(domain);
        }

        @Override
        void call(RcuHead head) {
            waiting.add(head);
            if (unfinished.getAndIncrement() == 0) {
                super.call(this::next);
            }
        }

        private void next() {
            do {
                waiting.remove().invoke();
                if (unfinished.decrementAndGet() == 0) {
                    return;
                }
            } while (released); // caught: the rest need not take as long
            super.call(this::next);
        }

        /** Honest: what was called before has run. */
        @Override
        void barrier() {
            CountDownLatch reached = new CountDownLatch(1);
            call(reached::countDown);
            while (reached.getCount() != 0) {
                super.barrier();
            }
        }
    }

    private static final class Stuck extends Subject {
        private static final int HEALTHY = 20;

        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();

        Stuck(String name, Duration stallTimeout, StallReports stalls) {
            this(Flavour.RCU_READER.create(name, stallTimeout, stalls), stalls);
        }

        private Stuck(Subject subject, StallReports stalls) {
            super(subject.domain(), subject::join, false, false, stalls);
            with(new UpdateSide(subject.domain()) {
                @Override
                void synchronize() {
                    if (calls.incrementAndGet() > HEALTHY) {
                        awaitRelease();
                    }
                    super.synchronize();
                }
            });
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        void release() {
            released.countDown();
        }
    }
}
