package org.jurcu.stress.torture;

import org.jurcu.rcu.RcuHead;

/**
 * The sections of one reader, whichever thread it is at the moment: find an element, move protection about, lose time, and look how old the element
 * has become. Allocates nothing.
 */
final class Sections {
    private static final int DEEPEST = 6;
    private static final int MOST_TRANSITIONS = 8;
    private static final int COOKIE_ONE_IN = 64;
    private static final int MAIL_ONE_IN = 16;
    private static final int HANDOVER_ONE_IN = 256;
    private static final int CALL_ONE_IN = 1024;
    private static final int YIELD_ONE_IN = 8;
    private static final int LATE_SPINS = 2000;

    private final Torture torture;
    private final Evidence evidence;
    private final UpdateSide updates;
    private final int number;
    private final Choices choices;
    private final Tally tally;
    private final int[] tokens = new int[DEEPEST];
    private final Handover handover = new Handover();
    private final OwnHead head = new OwnHead();
    private int depth; // and, like what follows, of the section at hand
    private int swaps;
    private boolean asks;
    private long cookie;
    private Element element;
    private long life;

    Sections(Torture torture, int number, Choices choices, Tally tally) {
        this.torture = torture;
        evidence = torture.evidence();
        updates = torture.subject().updates();
        this.number = number;
        this.choices = choices;
        this.tally = tally;
    }

    /** A head that its reader queues from inside sections, which is allowed. */
    private static final class OwnHead implements RcuHead {
        private volatile boolean queued;

        @Override
        public void invoke() {
            queued = false;
        }
    }

    boolean callbackIsMissing() {
        return head.queued;
    }

    /** One section, from its beginning to its end. */
    void section(ReadSide side) {
        tokens[0] = side.enter();
        depth = 1;
        swaps = 0;
        find();
        boolean sends = choices.oneIn(MAIL_ONE_IN);
        boolean late = sends && torture.subject().sendsLate();
        if (sends && !late) {
            send();
        }
        if (choices.oneIn(CALL_ONE_IN)) {
            callFromInside();
        }
        for (int left = 1 + choices.below(MOST_TRANSITIONS); left > 0; left--) {
            transition(side);
        }
        look();
        if (torture.finisherOrNull() != null && depth == 1 && choices.oneIn(HANDOVER_ONE_IN) && handOver()) {
            depth = 0;
        }
        while (depth > 0) {
            side.exit(tokens[--depth]);
        }
        if (late) {
            Pauses.spin(choices.below(LATE_SPINS));
            send();
        }
        tally.countSection();
        side.rest(choices);
    }

    private void find() {
        asks = choices.oneIn(COOKIE_ONE_IN);
        cookie = asks ? updates.getState() : 0;
        element = torture.pipeline(choices).find();
        life = element.life();
        if (life == Element.FREE) {
            evidence.add(Detector.LIFE, "reader " + number + " found " + element + ", which was free");
        }
    }

    private void send() {
        element.send(number, life);
        tally.count(Tally.MAIL);
    }

    private void look() {
        look(evidence, tally, number, element, life, swaps);
        if (asks) {
            ask();
        }
    }

    /** Just inside, until {@code during} returns. */
    void around(ReadSide side, Interruptible during) throws InterruptedException {
        int token = side.enter();
        try {
            swaps = 0;
            find();
            during.run();
            look();
        } finally {
            side.exit(token);
        }
        tally.countSection();
        side.rest(choices);
    }

    /** What lasts for a while. */
    interface Interruptible {
        void run() throws InterruptedException;
    }

    /** The verdict of a section about its element, inside it. */
    static void look(Evidence evidence, Tally tally, int reader, Element element, long life, int swaps) {
        int age = element.age();
        if (element.life() != life) {
            evidence.add(Detector.LIFE, "reader " + reader + " held " + element + " when its life " + life + " ended");
            return;
        }
        tally.countAge(age);
        if (age > 1) {
            evidence.aged(reader, age, element.firstAgedBy(), swaps, element);
        }
    }

    private void transition(ReadSide side) {
        switch (choices.below(8)) {
            case 0, 1 -> {
                if (depth < DEEPEST) {
                    tokens[depth++] = side.enter();
                    tally.count(Tally.NESTED);
                }
            }
            case 2 -> {
                if (depth > 1) {
                    side.exit(tokens[--depth]);
                }
            }
            case 3 -> {
                swap(side);
                tally.count(Tally.SWAPPED);
            }
            case 4 -> dawdle();
            default -> Pauses.spin(choices.below(32));
        }
    }

    private void swap(ReadSide side) {
        if (depth > 1) {
            tokens[depth - 1] = side.swap(tokens[depth - 1]);
        } else if (side.swapKeepsWhatWasFound()) {
            tokens[0] = side.swap(tokens[0]);
            swaps++;
        } else {
            int next = side.enter();
            look();
            find();
            side.exit(tokens[0]);
            tokens[0] = next;
        }
        if (depth == 1 && choices.oneIn(YIELD_ONE_IN)) {
            Pauses.letOthers(); // to whoever may have waited for the old protection alone
        }
    }

    /** Now and then a section is long, is preempted, or blocks. */
    private void dawdle() {
        int chance = choices.below(1024);
        if (chance < 2) {
            Pauses.park(1000L * (20 + choices.below(500)));
            tally.count(Tally.BLOCKED);
        } else if (chance < 10) {
            Pauses.spinNanos(1000L * choices.below(100));
        } else if (chance < 60) {
            Pauses.letOthers();
        }
    }

    private void callFromInside() {
        if (!head.queued) {
            head.queued = true;
            updates.call(head);
            tally.count(Tally.CALLS_INSIDE);
        }
    }

    /** The grace period of a cookie that was taken inside cannot have ended inside. */
    private void ask() {
        tally.count(Tally.COOKIES);
        if (updates.pollState(cookie)) {
            evidence.add(
                    Detector.COOKIE,
                    "reader " + number + " took cookie " + cookie
                            + " inside its section, and it was true at the section's end");
        }
        tally.countPeriods((updates.getState() - cookie) >> 2); // cookies are a multiple of 4 apart
    }

    private boolean handOver() {
        if (handover.isUnderWay()) {
            return false;
        }
        handover.element = element;
        handover.life = life;
        handover.token = tokens[0];
        return torture.finisherOrNull().offer(handover);
    }
}
