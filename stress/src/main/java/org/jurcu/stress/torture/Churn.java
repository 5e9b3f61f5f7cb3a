package org.jurcu.stress.torture;

/** Threads that come, read a little and go: with a farewell, without one, and now and then in the middle of a section. */
final class Churn extends Participant {
    private static final int MOST_DEATHS = 5;
    private static final int DEATH_ONE_IN = 8;
    private static final int MOST_SECTIONS = 20;
    private static final int STORM = 8;

    private final int number;
    private final Choices choices;
    private final Sections sections;
    private long guests;
    private long registrations;
    private long deaths;

    Churn(Torture torture, int number, Choices choices, Tally tally) {
        super(torture, "churn");
        this.number = number;
        this.choices = choices;
        sections = new Sections(torture, number, choices, tally); // of one thread at a time
    }

    /** Threads that came and went; exact when this one has ended. */
    long guests() {
        return guests;
    }

    /** Registrations that were closed by a thread that lived on; exact when this one has ended. */
    long registrations() {
        return registrations;
    }

    /** Threads that ended inside a section; exact when this one has ended. */
    long deaths() {
        return deaths;
    }

    Sections sections() {
        return sections;
    }

    @Override
    void turn() throws InterruptedException {
        boolean virtual = torture().subject().virtual();
        if (choices.oneIn(4)) {
            storm();
            return;
        }
        boolean dies = torture().subject().mayDieInside() && deaths < MOST_DEATHS && choices.oneIn(DEATH_ONE_IN);
        boolean leavesQuietly = choices.oneIn(2);
        Thread guest = Threads.of(
                "torture-" + torture().subject().name() + "-guest", virtual, () -> visit(dies, leavesQuietly));
        guest.start();
        if (!Threads.ended(guest, torture().hangNanos())) {
            torture().hangs("a guest did not end: " + Threads.describe(guest));
            return;
        }
        guests++;
        if (dies) {
            deaths++;
        }
    }

    private void storm() {
        for (int i = 0; i < STORM; i++) {
            try (ReadSide side = torture().subject().join(number)) {
                sections.section(side);
            }
            registrations++;
        }
    }

    private void visit(boolean dies, boolean leavesQuietly) {
        try {
            @SuppressWarnings("resource") // not to close it is the point of some visits
            ReadSide side = torture().subject().join(number);
            for (int left = choices.below(MOST_SECTIONS); left > 0; left--) {
                sections.section(side);
            }
            if (dies) {
                side.die();
            } else if (leavesQuietly) {
                side.abandon();
            } else {
                side.close();
            }
        } catch (RuntimeException | Error e) {
            torture().failed(Thread.currentThread(), e);
        }
    }
}
