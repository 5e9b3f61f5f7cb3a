package org.jurcu.rcu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reports stalls, on a daemon thread that exists only while there are any: it looks at the threads that a late grace
 * period waits for, and calls the handler. The handler may do anything, wait for a grace period too; then what is to be
 * reported meanwhile is only the last of it.
 */
final class StallWatchdog implements OnDemandThread.Work {
    private final String domain;
    private final String flavour;
    private final LongSupplier backlog;
    private final Consumer<? super ReaderStall> handler;
    private final OnDemandThread thread;
    private final AtomicReference<StallNotice> latest = new AtomicReference<>();

    // Owned by the thread; successive threads are ordered by its state word.
    private long lastReported = -1;
    private long lastEnded = -1;
    private int reports;

    StallWatchdog(
            String domain,
            String flavour,
            LongSupplier backlog,
            Consumer<? super ReaderStall> handler,
            OnDemandThread.Starter starter,
            long idleNanos) {
        this.domain = domain;
        this.flavour = flavour;
        this.backlog = backlog;
        this.handler = handler;
        thread = new OnDemandThread("jurcu-" + domain + "-stall", idleNanos, this, starter);
    }

    /** Takes a leader's word. It must come back at once, and says nothing if there is no thread to be had. */
    void tell(StallNotice notice) {
        latest.set(notice);
        thread.signalInSilence();
    }

    /**
     * Lets the thread end when all is reported. It is not waited for: it runs the application's handler, which may wait
     * for whoever closes the domain.
     */
    void close() {
        thread.endWhenIdle();
    }

    @Override
    public boolean isPending() {
        return latest.get() != null;
    }

    @Override
    public boolean doSome() {
        StallNotice notice = latest.getAndSet(null);
        if (notice == null) {
            return false;
        }
        if (notice.gracePeriod == lastEnded) { // it ended after it was told, and before we reported it
            return true;
        }
        ReaderStall stall = examine(notice);
        FlightRecording.readerStall(stall);
        try {
            handler.accept(stall);
        } catch (Throwable e) {
            Reports.warn("The stall handler of domain \"" + domain + "\" threw; it is called again all the same.", e);
        }
        return true;
    }

    private ReaderStall examine(StallNotice notice) {
        List<ReaderStall.Holdout> holdouts = examineThreads(notice);
        boolean over = notice.isOver();
        if (over) { // the threads may have gone on before we looked
            lastEnded = notice.gracePeriod;
            holdouts.replaceAll(ReaderStall.Holdout::withoutTrace);
        }
        reports = notice.gracePeriod == lastReported ? reports + 1 : 1;
        lastReported = notice.gracePeriod;
        return new ReaderStall(
                domain,
                flavour,
                notice.gracePeriod,
                Duration.ofNanos(notice.age(System.nanoTime())),
                reports,
                over,
                Math.max(0, backlog.getAsLong()),
                Duration.ofNanos(notice.leaderGap),
                holdouts,
                notice.holdouts.unlisted(),
                notice.holdouts.unnamed());
    }

    private static List<ReaderStall.Holdout> examineThreads(StallNotice notice) {
        List<ReaderStall.Holdout> holdouts = new ArrayList<>();
        for (HoldoutList.Holdout holdout : notice.holdouts.listed()) {
            holdouts.add(examine(holdout, notice));
        }
        return holdouts;
    }

    private static ReaderStall.Holdout examine(HoldoutList.Holdout holdout, StallNotice notice) {
        Thread owner = holdout.thread();
        SectionEntry entry = holdout.entry();
        long now = System.nanoTime();
        return new ReaderStall.Holdout(
                owner == null ? holdout.name() : owner.getName(),
                owner == null ? 0 : ask(owner::getId, 0L),
                owner == null ? Thread.State.TERMINATED : ask(owner::getState, Thread.State.RUNNABLE),
                holdout.nesting(),
                Duration.ofNanos(entry == null ? notice.leastSectionAge(now) : now - entry.nanoTime),
                Duration.ofNanos(entry == null ? notice.largestSectionAge(now) : now - entry.nanoTime),
                owner == null ? List.of() : ask(() -> List.of(owner.getStackTrace()), List.of()),
                entry == null ? List.of() : List.of(entry.getStackTrace()));
    }

    /** A subclass of Thread may override what it is asked, and throw; the report is made all the same. */
    private static <T> T ask(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (Throwable e) {
            return otherwise;
        }
    }
}
