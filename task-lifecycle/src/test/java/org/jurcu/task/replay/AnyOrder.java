package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jurcu.task.trace.TraceEvent;

/**
 * A whole plan, done by one thread in an order that a seed chooses among all that the tickets allow: always the CPU of the
 * highest priority whose next step is due, and now and then another priority. So a CPU may be held back for as long as
 * nobody waits for it.
 */
final class AnyOrder implements Plan {
    /** Steps between two changes of a priority: 2 to the power of less than that. */
    private static final int MOST_STEPS_LOG = 14;

    private final Map<Integer, CpuPlan> byCpu = new HashMap<>();
    private final List<CpuPlan> plans = new ArrayList<>();
    private final List<CpuSteps> cpus = new ArrayList<>();
    private final Findings findings;

    AnyOrder(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void add(int cpu, Step step) {
        byCpu.computeIfAbsent(cpu, number -> {
                    CpuPlan plan = new CpuPlan(new CpuSteps(number));
                    plans.add(plan);
                    cpus.add(plan.steps);
                    return plan;
                })
                .plan(step);
    }

    @Override
    public Ticket afterAll() {
        return new AfterAll(plans.toArray(CpuPlan[]::new));
    }

    /** Does all of it. */
    void play(long seed) {
        plans.forEach(CpuPlan::flush);
        Player player = new Player(seed);
        player.start();
        Join.uninterruptibly(player);
        if (player.failure != null) {
            throw new IllegalStateException("the order broke off", player.failure);
        }
    }

    private final class Player extends CpuThread {
        private final SplittableRandom random;
        private final int[] priority = new int[cpus.size()];
        private final int steps;
        private TraceEvent playing;
        private Throwable failure;

        Player(long seed) {
            super("any-order");
            random = new SplittableRandom(seed);
            steps = 1 << random.nextInt(1, MOST_STEPS_LOG);
            for (int i = 0; i < priority.length; i++) {
                priority[i] = random.nextInt();
            }
        }

        @Override
        TraceEvent event() {
            return playing;
        }

        @Override
        public void run() {
            try {
                CpuSteps next = next();
                while (next != null) {
                    play(next);
                    if (random.nextInt(steps) == 0) {
                        priority[random.nextInt(priority.length)] = random.nextInt();
                    }
                    next = next();
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        private void play(CpuSteps cpu) {
            Step step = cpu.next();
            playing = step.event();
            try {
                step.action().run();
            } catch (RuntimeException e) {
                findings.mismatch(step.event().pid(), "line " + step.event().line() + " cannot be played: " + e);
            }
            playing = null;
            cpu.done(step);
        }

        /** Null at the end. */
        private CpuSteps next() {
            CpuSteps best = null;
            int of = 0;
            boolean any = false;
            for (int i = 0; i < priority.length; i++) {
                Step step = cpus.get(i).next();
                any |= step != null;
                if (step != null
                        && (best == null || priority[i] > of)
                        && step.tickets().areDue()) {
                    best = cpus.get(i);
                    of = priority[i];
                }
            }
            if (any && best == null) {
                throw new IllegalStateException("no step is due");
            }
            return best;
        }
    }
}
