package org.jurcu.stress.torture;

/** A thread that reads for the whole run. */
final class Reader extends Actor {
    private final int number;
    private final Choices choices;
    private final Tally tally;
    private final Sections sections;

    Reader(Torture torture, int number, Choices choices, Tally tally) {
        super(torture, "reader-" + number, torture.subject().virtual());
        this.number = number;
        this.choices = choices;
        this.tally = tally;
        sections = new Sections(torture, number, choices, tally);
    }

    @Override
    long steps() {
        return tally.get(Tally.SECTIONS);
    }

    @Override
    void run() {
        Gate gate = torture().gate();
        // a virtual thread that never rests keeps its carrier
        int restOneIn = torture().subject().virtual() ? 16 : 64;
        try (ReadSide side = torture().subject().join(number)) {
            while (!gate.isOver()) {
                sections.section(side);
                if (choices.oneIn(restOneIn)) {
                    Pauses.letOthers();
                }
            }
        }
        if (sections.callbackIsMissing()) {
            torture().owed(sections);
        }
    }
}
