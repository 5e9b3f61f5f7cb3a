package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.load.Action.Outcome;

/** exec, threads and the other steps of which jobs are made. */
final class Programs {
    private static final int LONGEST_NAP = 400_000;

    private final Machine machine;
    private final Dice dice;
    private final Recorder recorder;
    private final Births births;
    private final Deaths deaths;

    Programs(Machine machine, Dice dice, Recorder recorder, Births births, Deaths deaths) {
        this.machine = machine;
        this.dice = dice;
        this.recorder = recorder;
        this.births = births;
        this.deaths = deaths;
    }

    /** fork; {@code script} is given the child before it runs, to set its steps. */
    Action fork(Script script) {
        return (current, cpu) -> {
            start(births.fork(cpu, current, false), script);
            return Outcome.DONE;
        };
    }

    /** clone with {@code CLONE_NEWPID}. */
    Action forkInit(Script script) {
        return (current, cpu) -> {
            start(births.fork(cpu, current, true), script);
            return Outcome.DONE;
        };
    }

    Action thread(Script script) {
        return (current, cpu) -> {
            start(births.thread(cpu, current), script);
            return Outcome.DONE;
        };
    }

    /** Sets a new task's steps. */
    interface Script {
        void of(SimTask task);
    }

    private void start(SimTask task, Script script) {
        task.first(deaths.end());
        List<Action> end = List.copyOf(task.script);
        task.script.clear();
        script.of(task);
        task.script.addAll(end);
    }

    /** Computes for so many steps. */
    Action compute(int steps) {
        return steps <= 0
                ? (current, cpu) -> Outcome.DONE
                : (current, cpu) -> {
                    current.first(compute(steps - 1));
                    return Outcome.DONE;
                };
    }

    /** Sleeps for a random time. */
    Action nap() {
        boolean[] slept = {false};
        return (current, cpu) -> {
            if (slept[0]) {
                return Outcome.DONE;
            }
            slept[0] = true;
            machine.timers().at(machine.clock() + 1 + dice.below(LONGEST_NAP), () -> machine.wake(current));
            return Outcome.SLEEP;
        };
    }

    /** Sleeps until it is killed. */
    Action pause() {
        return (current, cpu) -> Outcome.SLEEP;
    }

    /** Sleeps until {@code parent} is its parent no more. */
    Action untilOrphanOf(SimTask parent) {
        return (current, cpu) -> current.parent == parent ? Outcome.SLEEP : Outcome.DONE;
    }

    /** {@code pthread_join} of every other thread. */
    Action join() {
        return (current, cpu) -> current.group.live > 1 ? Outcome.SLEEP : Outcome.DONE;
    }

    /** {@code exit_group}: the other threads are killed. */
    Action exitGroup() {
        return (current, cpu) -> {
            for (SimTask t : current.group.threads) {
                if (t != current) {
                    deaths.kill(t);
                }
            }
            return Outcome.DONE;
        };
    }

    void wakeGroup(SimTask of) {
        deaths.wakeGroup(of.group);
    }

    Action onSigchld(SimGroup.Sigchld wish) {
        return (current, cpu) -> {
            current.group.sigchld = wish;
            return Outcome.DONE;
        };
    }

    /** exec by whoever runs: first {@code de_thread}, then the new program. */
    Action exec(String program) {
        return (current, cpu) -> {
            current.group.execing = current;
            for (SimTask t : List.copyOf(current.group.threads)) {
                if (t != current) {
                    deaths.kill(t);
                }
            }
            current.first((t, c) -> deThread(t, c, program));
            return Outcome.DONE;
        };
    }

    private Outcome deThread(SimTask current, Cpu cpu, String program) {
        SimTask leader = current.group.leader;
        List<SimTask> others = new ArrayList<>(current.group.threads);
        others.remove(current);
        others.remove(leader);
        if (!others.isEmpty() || (leader != current && !leader.isZombie())) {
            return Outcome.SLEEP;
        }
        current.group.execing = null;
        int oldPid = current.pid();
        if (leader != current) {
            takePlace(current, leader);
            leader.exitState = SimTask.ExitState.DEAD;
            deaths.release(cpu, current, leader);
        }
        current.first((t, c) -> {
            t.comm = program;
            if (t.group.sigchld == SimGroup.Sigchld.NO_CLD_WAIT) {
                t.group.sigchld = SimGroup.Sigchld.DEFAULT;
            }
            recorder.exec(c, t, oldPid);
            return Outcome.DONE;
        });
        return Outcome.DONE;
    }

    private static void takePlace(SimTask thread, SimTask leader) {
        int[] numbers = leader.numbers;
        leader.numbers = thread.numbers;
        thread.numbers = numbers;
        List<SimTask> siblings = leader.parent.children;
        siblings.set(siblings.indexOf(leader), thread);
        thread.group.leader = thread;
        if (thread.ns.reaper == leader) {
            thread.ns.reaper = thread;
        }
    }
}
