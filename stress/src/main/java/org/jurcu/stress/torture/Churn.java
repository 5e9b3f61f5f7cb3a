package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that come, read a little and go: with a farewell, without one, and now and then in the middle of a section. In between, a thread of a
 * pool reads, and one that waits for grace periods too.
 */
final class Churn extends Participant {
    private static final int MOST_DEATHS = 5;
    private static final int DEATH_ONE_IN = 8;
    private static final int MOST_SECTIONS = 20;
    private static final int STORM = 4;
    private static final Duration SHORT = Duration.ofNanos(20_000);

    private final int number;
    private final Choices choices;
    private final Sections sections;
    private long guests;
    private long pooled;
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

    /** Visits by threads of the common pool, which may erase their thread locals; exact when this one has ended. */
    long pooled() {
        return pooled;
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
        switch (choices.below(8)) {
            case 0, 1 -> storm();
            case 2 -> visitOfPool();
            default -> visitOfGuest();
        }
    }

    /** A grace period meets whoever died inside. */
    @Override
    void finish() {
        torture().subject().updates().synchronize();
    }

    private void visitOfGuest() throws InterruptedException {
        boolean virtual = torture().subject().virtual();
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

    private void visitOfPool() throws InterruptedException {
        ForkJoinTask<?> task = ForkJoinPool.commonPool().submit(() -> visit(false, false));
        try {
            task.get(torture().hangNanos(), TimeUnit.NANOSECONDS);
            pooled++;
        } catch (TimeoutException e) {
            torture().hangs("a visit by a thread of the common pool did not end");
        } catch (ExecutionException e) {
            torture().failed(thread(), e.getCause());
        }
    }

    /** Registrations at a rate; between its sections a reader may wait, online or not. */
    private void storm() {
        for (int i = 0; i < STORM; i++) {
            try (ReadSide side = torture().subject().join(number)) {
                sections.section(side);
                torture().subject().updates().synchronize(SHORT);
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
