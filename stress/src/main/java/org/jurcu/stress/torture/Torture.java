package org.jurcu.stress.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jurcu.rcu.RcuStats;

/**
 * One subject under torture, from its first thread to its last. The thread that runs this opens and closes the gate, has the side tests begin, and
 * watches that everybody gets on; it waits for nobody without a limit, so that the run ends whatever the subject does.
 */
final class Torture {
    private static final int PIPELINES = 2;
    private static final int FAKE_WRITERS = 2;
    private static final int WAITS_OF_SIDE_TESTS = 3;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_EXTENSION_NANOS = TimeUnit.SECONDS.toNanos(20); // of a run that has not seen all
    private static final long LONGEST_FLOOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Subject subject;
    private final Plan plan;
    private final Evidence evidence = new Evidence();
    private final Gate gate = new Gate();
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Actor> cast = new ArrayList<>();
    private final ConcurrentLinkedQueue<Sections> owed = new ConcurrentLinkedQueue<>();
    private final Totals totals = new Totals();
    private final Tally stalledTally = tally();
    private final BarrierTester barriers;
    private final Churn churnOrNull;
    private final Finisher finisherOrNull;
    private final AtomicLong finishing = new AtomicLong();
    private volatile boolean readersHaveEnded;
    private final Consumer<String> watcher;
    private boolean hung;
    private long toldAt = System.nanoTime();

    Torture(Subject subject, Plan plan) {
        this(subject, plan, sentence -> {});
    }

    /** Tells {@code watcher} how far it is, now and then. */
    Torture(Subject subject, Plan plan, Consumer<String> watcher) {
        this.watcher = watcher;
        this.subject = subject;
        this.plan = plan;
        int numbers = plan.readers() + 2; // the last two: who comes and goes, and who stalls
        for (int i = 0; i < PIPELINES; i++) {
            pipelines.add(new Pipeline(i, numbers, subject.updates(), evidence));
            Writer writer = new Writer(this, pipelines.get(i), choices("writer-" + i));
            writers.add(writer);
        }
        cast.addAll(writers);
        for (int i = 0; i < FAKE_WRITERS; i++) {
            cast.add(new FakeWriter(this, i, choices("fake-writer-" + i)));
        }
        barriers = new BarrierTester(this, choices("barrier"));
        cast.add(barriers);
        cast.addAll(barriers.helpers());
        for (int i = 0; i < plan.readers(); i++) {
            readers.add(new Reader(this, i, choices("reader-" + i), tally()));
        }
        cast.addAll(readers);
        churnOrNull = plan.churn() ? new Churn(this, plan.readers(), choices("churn"), tally()) : null;
        if (churnOrNull != null) {
            cast.add(churnOrNull);
        }
        @SuppressWarnings("resource") // a flavour whose sections others may end has nothing to close
        ReadSide side = subject.handsOver() ? subject.join(plan.readers()) : null;
        finisherOrNull = side == null ? null : new Finisher(this, side, tally());
    }

    private Tally tally() {
        Tally tally = new Tally();
        tallies.add(tally);
        return tally;
    }

    Choices choices(String role) {
        return Choices.of(plan.seed(), subject.name(), role);
    }

    Subject subject() {
        return subject;
    }

    Evidence evidence() {
        return evidence;
    }

    Gate gate() {
        return gate;
    }

    long hangNanos() {
        return plan.hangLimit().toNanos();
    }

    long waitNanos() {
        return plan.waitLimit().toNanos();
    }

    Pipeline pipeline(Choices choices) {
        return pipelines.get(choices.below(PIPELINES));
    }

    Finisher finisherOrNull() {
        return finisherOrNull;
    }

    boolean readersHaveEnded() {
        return readersHaveEnded;
    }

    /** A reader ended whose callback has not come. */
    void owed(Sections sections) {
        owed.add(sections);
    }

    void failed(Thread thread, Throwable e) {
        if (!gate.isAborted()) { // who is torn out of a hang may say what he likes
            StackTraceElement[] trace = e.getStackTrace();
            evidence.add(
                    Detector.ERROR,
                    "\"" + thread.getName() + "\" threw " + e + (trace.length == 0 ? "" : " at " + trace[0]));
            gate.finish();
        }
    }

    /** Somebody gets no further: says who, where everybody else is, and what the domain thinks, and ends the run. */
    void hangs(String sentence) {
        evidence.add(Detector.HANG, sentence);
        RcuStats stats = subject.stats();
        evidence.add(Detector.HANG, "the domain then: " + stats);
        evidence.add(Detector.HANG, "everybody then: " + everybody());
        pipelines.forEach(pipeline -> evidence.add(Detector.HANG, pipeline.whereabouts()));
        gate.abort();
    }

    /** Those who are alive, the domain's own threads too. */
    private String everybody() {
        StringJoiner all = new StringJoiner("; ");
        for (Actor actor : cast) {
            if (actor.thread().isAlive()) {
                all.add(Threads.describe(actor.thread()));
            }
        }
        ownThreads().forEach(thread -> all.add(Threads.describe(thread)));
        return all.toString();
    }

    private Stream<Thread> ownThreads() {
        String prefix = "jurcu-" + subject.name();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix));
    }

    /** Who finishes before he stops at the gate has got on, or waits for something with a limit of its own. */
    void finishing() {
        finishing.incrementAndGet();
    }

    /** Something came late that a barrier promised: that is the barrier's fault if it comes at all. */
    boolean late(BooleanSupplier here, String what) {
        long start = System.nanoTime();
        while (!here.getAsBoolean()) {
            if (gate.isAborted()) {
                return false;
            }
            if (System.nanoTime() - start > waitNanos()) {
                evidence.add(Detector.RETURN, what + " did not come back");
                return false;
            }
            finishing();
            Pauses.park(50_000);
        }
        evidence.add(Detector.BARRIER, what + " ran behind the barrier that had to wait for it");
        return true;
    }

    /**
     * Waits for all, with barriers; returns false if some are lost, or something hangs. A barrier answers for what was {@code
     * called} before it began; what is queued and not called yet, by a callback for instance, it need not wait for.
     */
    boolean awaitCallbacks(LongSupplier returned, LongSupplier queued, LongSupplier called, String what) {
        while (!gate.isAborted()) {
            long back = returned.getAsLong(); // first: a callback queues itself anew before it counts as returned
            long before = queued.getAsLong();
            if (back == before) {
                return true;
            }
            if (back > before) {
                evidence.add(Detector.RETURN, what + " ran twice: " + back + " came back of " + before);
                return false;
            }
            long promised = called.getAsLong();
            subject.updates().barrier();
            finishing();
            if (returned.getAsLong() < promised && !late(() -> returned.getAsLong() >= promised, what)) {
                return false;
            }
        }
        return false;
    }

    boolean awaitCallbacks(Pipeline pipeline) {
        String what = "a callback of pipeline " + pipeline.number();
        return awaitCallbacks(pipeline::calledBack, pipeline::queued, pipeline::called, what);
    }

    /** Runs it, to its end in every case. */
    Outcome run() throws InterruptedException {
        long start = System.nanoTime();
        try (LogWatch log = LogWatch.begin()) {
            long collecting = Totals.collectorMillis();
            cast.forEach(Actor::start);
            if (finisherOrNull != null) {
                finisherOrNull.start();
            }
            conduct(start);
            end();
            totals.collectorMillis = Totals.collectorMillis() - collecting;
            log.unexpected().forEach(text -> evidence.add(Detector.ERROR, "the library logged: " + text));
        } finally {
            gate.finish(); // also when this thread was interrupted
            subject.release();
        }
        totals.nanos = System.nanoTime() - start;
        return Outcome.of(this, plan, totals);
    }

    /** Cycles of a stutter, a stall and a flood, until it is enough. */
    private void conduct(long start) throws InterruptedException {
        long cycle = plan.cycle().toNanos();
        for (long begin = start; goesOn(start); begin = System.nanoTime()) {
            watchUntil(start, begin + cycle / 4);
            stutter();
            watchUntil(start, begin + cycle / 2);
            if (plan.stall()) {
                stall(start);
            }
            watchUntil(start, begin + cycle * 3 / 4);
            if (plan.flood()) {
                flood(start, Math.min(cycle / 10, LONGEST_FLOOD_NANOS));
            }
            watchUntil(start, begin + cycle);
        }
    }

    private boolean goesOn(long start) {
        long passed = System.nanoTime() - start;
        if (gate.isOver() || isEnough()) {
            return false;
        }
        long time = plan.time().toNanos();
        return passed < time || (passed < time + LONGEST_EXTENSION_NANOS && !evidence.any() && !isCovered());
    }

    private boolean isCovered() {
        return Outcome.missing(this, plan, totals).isEmpty();
    }

    private void watchUntil(long start, long when) throws InterruptedException {
        while (System.nanoTime() - when < 0 && goesOn(start)) {
            watch();
        }
    }

    /** Looks after everybody once. */
    private void watch() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(TICK_NANOS);
        long now = System.nanoTime();
        if (now - toldAt > TELL_NANOS) {
            toldAt = now;
            watcher.accept(count(Tally.SECTIONS) + " sections, "
                    + subject.stats().gracePeriods() + " grace periods, evidence " + evidence.summary());
        }
        for (Actor actor : cast) {
            if (actor.isWatched() && !gate.isOver() && actor.idleNanos(now) > hangNanos()) {
                hangs("no progress for " + plan.hangLimit().toMillis() + " ms: " + Threads.describe(actor.thread()));
            }
        }
    }

    private void stutter() throws InterruptedException {
        if (gate.isOver()) {
            return;
        }
        gate.pause();
        long idleSince = System.nanoTime();
        for (long seen = finishing.get(); !gate.allWait(TICK_NANOS); ) {
            if (gate.isOver()) {
                return;
            }
            long now = System.nanoTime();
            if (finishing.get() != seen) {
                seen = finishing.get();
                idleSince = now;
            } else if (now - idleSince > hangNanos()) {
                hangs("not everybody came to the gate");
                return;
            }
        }
        totals.stutters++;
        excuseAll();
        gate.resume();
    }

    private void excuseAll() {
        cast.forEach(Actor::excuse);
    }

    private void stall(long start) throws InterruptedException {
        if (!goesOn(start)) {
            return;
        }
        int number = plan.readers() + 1;
        Sections sections = new Sections(this, number, choices("stalled"), stalledTally);
        StalledReader reader = new StalledReader(this, number, sections);
        if (beside(reader)) {
            totals.stalls++;
        }
        excuseAll(); // the others had to wait
    }

    private void flood(long start, long nanos) throws InterruptedException {
        if (!goesOn(start)) {
            return;
        }
        Flood flood = new Flood(this, nanos);
        if (beside(flood)) {
            totals.flooded += flood.queued();
            totals.laundered += flood.laundered();
            totals.mostBacklog = Math.max(totals.mostBacklog, flood.mostBacklog());
        }
    }

    /** Runs one more actor, whose own patience ends it, while the others are at it. Returns whether it ended. */
    private boolean beside(Actor actor) throws InterruptedException {
        actor.start();
        long start = System.nanoTime();
        while (actor.thread().isAlive()) {
            TimeUnit.NANOSECONDS.sleep(TICK_NANOS);
            if (System.nanoTime() - start > hangNanos() + WAITS_OF_SIDE_TESTS * waitNanos()) {
                hangs("did not end: " + Threads.describe(actor.thread()));
                return false;
            }
        }
        return true;
    }

    /** Everything comes back, everybody leaves, the domain closes, and nobody is left. */
    private void end() throws InterruptedException {
        if (isEnough()) {
            gate.abort(); // a busted flavour has shown it: nobody needs to wait for what it does not do
        } else {
            stutter();
            gate.finish();
        }
        if (gate.isAborted()) {
            letGo();
        }
        long deadline = System.nanoTime() + hangNanos();
        for (Actor actor : cast) {
            leave(actor, deadline);
        }
        readersHaveEnded = true;
        if (finisherOrNull != null) {
            leave(finisherOrNull, deadline);
        }
        close();
        if (!hung && !gate.isAborted()) {
            settle();
        }
    }

    private boolean isEnough() {
        return evidence.any() && plan.enough().test(evidence);
    }

    private void letGo() {
        subject.release();
        cast.forEach(Actor::release);
    }

    private void leave(Actor actor, long deadline) throws InterruptedException {
        if (!Threads.ended(actor.thread(), Math.max(TICK_NANOS, deadline - System.nanoTime()))) {
            hung = true;
            hangs("is left over: " + Threads.describe(actor.thread()));
            letGo();
        }
    }

    private void close() throws InterruptedException {
        Thread closer = Threads.of("torture-" + subject.name() + "-closer", false, subject::close);
        closer.start();
        if (!Threads.ended(closer, hangNanos())) {
            hung = true;
            hangs("close() does not end: " + Threads.describe(closer));
            return;
        }
        long start = System.nanoTime();
        for (Thread own = anyOwnThread(); own != null; own = anyOwnThread()) {
            if (System.nanoTime() - start > hangNanos()) {
                hung = true;
                hangs("the closed domain left " + Threads.describe(own));
                return;
            }
            Threads.ended(own, TICK_NANOS);
        }
    }

    private Thread anyOwnThread() {
        return ownThreads().findFirst().orElse(null);
    }

    /** What must be true in the end. */
    private void settle() {
        RcuStats stats = subject.stats();
        if (stats.backlog() != 0) {
            evidence.add(Detector.RETURN, "callbacks are left in the closed domain: " + stats);
        }
        if (stats.callbackFailures() != 0) {
            evidence.add(Detector.ERROR, "callbacks threw: " + stats);
        }
        if (stats.readersDiedInside() != deaths()) {
            evidence.add(
                    Detector.DEATH, deaths() + " readers died inside, and found were " + stats.readersDiedInside());
        }
        if (churnOrNull != null && churnOrNull.sections().callbackIsMissing()) {
            owed.add(churnOrNull.sections());
        }
        if (owed.stream().anyMatch(Sections::callbackIsMissing)) {
            evidence.add(Detector.RETURN, "a callback that was queued inside a section did not come back");
        }
    }

    long deaths() {
        return churnOrNull == null ? 0 : churnOrNull.deaths();
    }

    long guests() {
        return churnOrNull == null ? 0 : churnOrNull.guests();
    }

    long pooled() {
        return churnOrNull == null ? 0 : churnOrNull.pooled();
    }

    long registrations() {
        return churnOrNull == null ? 0 : churnOrNull.registrations();
    }

    long barrierRounds() {
        return barriers.rounds();
    }

    List<Writer> writers() {
        return writers;
    }

    List<Pipeline> pipelines() {
        return pipelines;
    }

    /** Returns the sum over all readers. */
    long count(int what) {
        long sum = 0;
        for (Tally tally : tallies) {
            sum += tally.get(what);
        }
        return sum;
    }
}
