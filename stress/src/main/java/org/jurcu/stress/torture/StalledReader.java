package org.jurcu.stress.torture;

/** Stays in its section until the domain complains about it. */
final class StalledReader extends Actor {
    private final int number;
    private final Sections sections;

    StalledReader(Torture torture, int number, Sections sections) {
        super(torture, "stalled", torture.subject().virtual());
        this.number = number;
        this.sections = sections;
    }

    @Override
    void run() throws InterruptedException {
        StallReports reports = torture().subject().stalls();
        reports.expect(thread().getName());
        boolean[] came = new boolean[1];
        try (ReadSide side = torture().subject().join(number)) {
            sections.around(side, () -> came[0] = reports.came(torture().waitNanos()));
        }
        if (!came[0]) {
            torture().evidence().add(Detector.STALL, "nobody reported " + thread().getName());
        }
    }

    /** It stands still on purpose. */
    @Override
    boolean isWatched() {
        return false;
    }
}
