package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The simulated machine: whichever CPU is free first takes the next step of the task that it runs. So the CPUs' events
 * interleave in the order of their times, and each step is atomic.
 */
final class Machine {
    private static final int PREEMPT_ONE_IN = 24;
    private static final int LONGEST_STEP = 60_000;
    private static final int LONGEST_WAKE_UP = 40_000;

    /** A task is picked from the first so many that are runnable, so that none starves. */
    private static final int PICK = 4;

    private final Dice dice;
    private final Recorder recorder;
    private final List<Cpu> cpus = new ArrayList<>();
    private final PriorityQueue<Cpu> busy =
            new PriorityQueue<>(Comparator.<Cpu>comparingLong(c -> c.now).thenComparingInt(c -> c.id));
    private final List<Cpu> idle = new ArrayList<>();
    private final List<SimTask> runnable = new ArrayList<>();
    private final Timers timers = new Timers();
    private Action beforeKilled;

    Machine(int cpus, Dice dice, Recorder recorder) {
        this.dice = dice;
        this.recorder = recorder;
        for (int i = 0; i < cpus; i++) {
            Cpu cpu = new Cpu(i);
            this.cpus.add(cpu);
            idle.add(cpu);
        }
    }

    /** What a task does once it finds that it was killed. */
    void onKilled(Action exit) {
        beforeKilled = exit;
    }

    Timers timers() {
        return timers;
    }

    long clock() {
        return recorder.clock();
    }

    Cpu anyCpu() {
        return cpus.get(dice.below(cpus.size()));
    }

    /** Runs until nothing is left to do. */
    void run() {
        for (; ; ) {
            Cpu cpu = busy.peek();
            long due = timers.nextDue();
            if (cpu == null && due == Timers.NEVER) {
                return;
            }
            if (cpu == null || due <= cpu.now) {
                recorder.advanceTo(due);
                timers.runNext();
                continue;
            }
            busy.remove();
            recorder.advanceTo(cpu.now);
            step(cpu);
            if (cpu.current == null && runnable.isEmpty()) {
                idle.add(cpu);
            } else {
                cpu.now = clock() + 1 + dice.below(LONGEST_STEP);
                busy.add(cpu);
            }
        }
    }

    private void step(Cpu cpu) {
        SimTask task = cpu.current;
        if (task == null) {
            if (!runnable.isEmpty()) {
                switchTo(cpu, "R");
            }
            return;
        }
        if (!runnable.isEmpty() && dice.oneIn(PREEMPT_ONE_IN)) {
            runnable.add(task);
            switchTo(cpu, dice.oneIn(2) ? "R" : "R+");
            return;
        }
        if (task.killed && !task.exiting) {
            beforeKilled.run(task, cpu);
            return;
        }
        Action action = task.script.removeFirst();
        switch (action.run(task, cpu)) {
            case DONE -> {}
            case AGAIN -> task.script.addFirst(action);
            case SLEEP -> {
                task.script.addFirst(action);
                task.sleeping = true;
                switchTo(cpu, "S");
            }
            case STOP -> {
                task.sleeping = true;
                switchTo(cpu, task.stop.state);
            }
            case DEAD -> switchTo(cpu, task.isZombie() ? "Z" : "X");
        }
    }

    private void switchTo(Cpu cpu, String prevState) {
        SimTask next = runnable.isEmpty() ? null : runnable.remove(dice.below(Math.min(PICK, runnable.size())));
        recorder.switching(cpu, cpu.current, prevState, next);
        cpu.current = next;
    }

    /** Makes a task runnable that sleeps; no effect on one that does not, or is stopped. */
    void wake(SimTask task) {
        if (task.sleeping && task.stop == null) {
            task.sleeping = false;
            start(task);
        }
    }

    void start(SimTask task) {
        runnable.add(task);
        if (!idle.isEmpty()) {
            Cpu cpu = idle.remove(dice.below(idle.size()));
            cpu.now = clock() + 1 + dice.below(LONGEST_WAKE_UP);
            busy.add(cpu);
        }
    }
}
