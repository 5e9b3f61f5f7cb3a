package org.jurcu.task.replay;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jurcu.task.trace.TraceEvent;

/**
 * Does each CPU's steps in their order, as fast as can be: one CPU waits for others where a step's tickets say so and nowhere
 * else. The planner is ahead by a bounded number of steps.
 *
 * <p>Workers do the steps. Each looks for a CPU that nobody has claimed and whose next step is due, and does what is due
 * there; so a step that waits costs no thread its sleep as long as another step is due. If threads are to be held up, every
 * CPU has a worker of its own: then each can stand anywhere within a step while all others go on.
 *
 * <p>Nobody waits for ever: every ticket names steps that were planned earlier, so the earliest that is not done is
 * always due once it is handed over. Should that be wrong all the same, the replay ends with a sentence after some time
 * without any progress.
 */
final class Cpus implements Plan, AutoCloseable {
    private static final int MAX_AHEAD = 1 << 12;
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final CpuSteps[] NONE = {};

    private final Findings findings;
    private final Perturbation perturbation;
    private final long patienceNanos;
    /** Of workers for all CPUs; 0 if every CPU has its own. */
    private final int mostWorkers;

    private CpuPlan[] byCpu = {}; // the planner's; null for a CPU without events
    private CpuPlan[] plans = {}; // the planner's; in the order of their first events
    private volatile CpuSteps[] all = NONE; // in the same order
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private long planned;
    private volatile boolean noMore;
    private volatile String standstill;
    private volatile Error error;

    /** As many workers as there are processors, but two at least: one would race nobody. */
    Cpus(Findings findings, Perturbation perturbation, long patienceNanos) {
        this(
                findings,
                perturbation,
                patienceNanos,
                perturbation == Perturbation.NONE
                        ? Math.max(2, Runtime.getRuntime().availableProcessors())
                        : 0);
    }

    private Cpus(Findings findings, Perturbation perturbation, long patienceNanos, int mostWorkers) {
        this.findings = findings;
        this.perturbation = perturbation;
        this.patienceNanos = patienceNanos;
        this.mostWorkers = mostWorkers;
    }

    int count() {
        return all.length;
    }

    @Override
    public void add(int cpu, Step step) {
        of(cpu).plan(step);
        planned++;
    }

    private CpuPlan of(int cpu) {
        if (cpu < byCpu.length && byCpu[cpu] != null) {
            return byCpu[cpu];
        }
        if (cpu >= byCpu.length) {
            byCpu = Arrays.copyOf(byCpu, Math.max(cpu + 1, 2 * byCpu.length));
        }
        CpuSteps steps = new CpuSteps(cpu);
        CpuPlan plan = new CpuPlan(steps);
        byCpu[cpu] = plan;
        plans = Arrays.copyOf(plans, plans.length + 1);
        plans[plans.length - 1] = plan;
        CpuSteps[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = steps;
        all = more;
        if (mostWorkers == 0) {
            start(new Worker("jurcu-replay-cpu" + cpu, plan));
        } else if (workers.size() < mostWorkers) {
            start(new Worker("jurcu-replay-worker" + workers.size(), null));
        }
        return plan;
    }

    private void start(Worker worker) {
        workers.add(worker);
        worker.start();
    }

    @Override
    public Ticket afterAll() {
        return new AfterAll(plans);
    }

    /** Hands over what is planned; waits if the CPUs are far behind. */
    void flush() {
        boolean some = false;
        for (CpuPlan plan : plans) {
            some |= plan.flush();
        }
        if (some) {
            wake();
        }
        Backoff backoff = new Backoff();
        while (planned - done() > MAX_AHEAD) {
            backoff.pause();
            check();
        }
    }

    private void wake() {
        for (Worker worker : workers) {
            if (worker.parked) {
                LockSupport.unpark(worker);
            }
        }
    }

    /** Waits until every step is done. */
    void finish() {
        flush();
        noMore = true;
        wake();
        for (Worker worker : workers) {
            Join.uninterruptibly(worker);
        }
        check();
    }

    private void check() {
        if (error != null) {
            throw new IllegalStateException("a thread of the replay failed", error);
        }
        if (standstill != null) {
            throw new IllegalStateException(standstill);
        }
    }

    private long done() {
        long sum = 0;
        for (CpuSteps steps : all) {
            sum += steps.done();
        }
        return sum;
    }

    private boolean isOver() {
        return standstill != null || error != null;
    }

    /** Lets every thread end; what is not done yet is left. */
    @Override
    public void close() {
        if (!noMore) {
            standstill = standstill == null ? "the replay broke off" : standstill;
            noMore = true;
        }
        for (Worker worker : workers) {
            Join.uninterruptibly(worker);
        }
    }

    private final class Worker extends CpuThread {
        private static final int IN_A_ROW = 256;

        private final CpuPlan own; // null if it works for all
        private final Backoff backoff = new Backoff();
        private CpuSteps claimed; // while it plays some of them
        private int turn;
        private long seen = -1;
        private long since;
        volatile boolean parked;

        Worker(String name, CpuPlan own) {
            super(name);
            this.own = own;
        }

        @Override
        TraceEvent event() {
            return claimed == null ? null : claimed.next().event();
        }

        @Override
        public void run() {
            try {
                while (!isOver()) {
                    boolean last = noMore; // before the look: what was handed over before is not overlooked
                    long did = own != null ? playDue(own.steps) : playDueOfAny();
                    if (did != 0) {
                        goOn();
                    } else if (last && isDone()) {
                        return;
                    } else {
                        idle();
                    }
                }
            } catch (Error e) {
                error = e;
            }
        }

        private boolean isDone() {
            return own != null
                    ? own.steps.done() == own.planned()
                    : Cpus.this.done() == planned; // the planner's count, which stands
        }

        /** Begins behind the CPU where it was last, so that all have their turn. */
        private long playDueOfAny() {
            CpuSteps[] cpus = all;
            long did = 0;
            for (int i = 0; i < cpus.length; i++) {
                turn = turn + 1 < cpus.length ? turn + 1 : 0;
                did += playDue(cpus[turn]);
            }
            return did;
        }

        /** Does some of what is due there, unless another does. */
        private long playDue(CpuSteps steps) {
            if (!steps.tryClaim()) {
                return 0;
            }
            try {
                long did = 0;
                for (Step step = steps.next(); did < IN_A_ROW && step != null; step = steps.next()) {
                    if (!step.tickets().areDue() || isOver()) {
                        break;
                    }
                    if (did == 0) {
                        claimed = steps;
                    }
                    play(step);
                    steps.done(step);
                    did++;
                }
                return did;
            } finally {
                claimed = null;
                steps.unclaim();
            }
        }

        private void play(Step step) {
            perturbation.at(Perturbation.Point.BEFORE_STEP);
            try {
                step.action().run();
            } catch (RuntimeException e) {
                findings.mismatch(
                        step.life() == null ? step.event().pid() : step.life().pid,
                        "line " + step.event().line() + " cannot be played: " + e);
            }
            perturbation.at(Perturbation.Point.AFTER_STEP);
        }

        private void goOn() {
            backoff.reset();
            seen = -1;
            if (parked) {
                parked = false;
            }
        }

        /** Nothing was due. Looks once more between saying that it parks and parking, so that no {@link #wake} is missed. */
        private void idle() {
            if (!backoff.isLong()) {
                backoff.pause();
                return;
            }
            endIfAllStandStill();
            if (!parked) {
                parked = true;
                return;
            }
            backoff.pause();
            parked = false;
        }

        private void endIfAllStandStill() {
            long sum = Cpus.this.done();
            long now = System.nanoTime();
            if (sum != seen) {
                seen = sum;
                since = now;
            } else if (now - since > patienceNanos) {
                for (CpuSteps steps : own != null ? new CpuSteps[] {own.steps} : all) {
                    complainOf(steps);
                }
                since = now; // else it waits for the planner
            }
        }

        private void complainOf(CpuSteps steps) {
            if (!steps.tryClaim()) {
                return;
            }
            Step step = steps.next();
            if (step != null && !step.tickets().areDue()) {
                standstill = "the replay stands still: CPU " + steps.cpu + " cannot go on at line "
                        + step.event().line() + " of the recording, since what must come first does not come";
            }
            steps.unclaim();
        }
    }
}
