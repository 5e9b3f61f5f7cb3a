package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jurcu.task.load.Action.Outcome;
import org.jurcu.task.load.SimGroup.Sigchld;
import org.jurcu.task.trace.Syscall;

/** The workload: drivers start jobs until every fork has been spent, and reap them. */
final class Jobs {
    /** Jobs of one driver at the same time. */
    private static final int AT_ONCE = 6;

    private static final int MOST_CHILDREN = 6;
    private static final int MOST_STOPS = 4;
    private static final int LONG_LINGER = 12;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private final Dice dice;
    private final Mix mix;
    private final Recorder recorder;
    private final Programs programs;
    private final Waits waits;
    private final Traces traces;
    private final Stops stops;
    private final Map<LifePath, Long> started = new EnumMap<>(LifePath.class);
    private int forksLeft;

    Jobs(
            LoadOptions options,
            Dice dice,
            Recorder recorder,
            Programs programs,
            Waits waits,
            Traces traces,
            Stops stops) {
        this.dice = dice;
        this.mix = options.mix();
        this.recorder = recorder;
        this.programs = programs;
        this.waits = waits;
        this.traces = traces;
        this.stops = stops;
        this.forksLeft = options.tasks();
    }

    Map<LifePath, Long> started() {
        return started;
    }

    /** What the shell outside does: starts the drivers, each of which takes one of the forks. */
    Action startDrivers(int count) {
        return (shell, cpu) -> {
            List<Action> forks = new ArrayList<>();
            for (int i = 0; i < count && forksLeft > 0; i++) {
                forksLeft--;
                boolean subreaper = i % 2 == 0;
                forks.add(programs.fork(task -> driver(task, subreaper)));
            }
            forks.add(programs.pause());
            shell.first(forks.toArray(Action[]::new));
            return Outcome.DONE;
        };
    }

    private void driver(SimTask task, boolean subreaper) {
        task.script.add(programs.exec("driver"));
        if (subreaper) {
            task.script.add(this::becomeSubreaper);
        }
        task.script.add(this::drive);
    }

    private Outcome becomeSubreaper(SimTask current, Cpu cpu) {
        recorder.enter(cpu, Syscall.PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0);
        current.group.isSubreaper = true;
        return Outcome.DONE;
    }

    private Outcome drive(SimTask current, Cpu cpu) {
        if (forksLeft > 0 && current.children.size() < AT_ONCE) {
            current.first(programs.fork(job()), this::drive);
        } else if (!current.children.isEmpty()) {
            current.first(waits.any(dice.oneIn(6) ? Waits.WNOHANG : 0, (t, result) -> {}), this::drive);
        }
        return Outcome.DONE;
    }

    /** The next job of the mix; the plain exit when there are too few forks left for it. */
    private Programs.Script job() {
        LifePath path = mix.pick(dice);
        if (path.leastTasks > forksLeft) {
            path = LifePath.EXIT;
        }
        started.merge(path, 1L, Long::sum);
        int children = path == LifePath.EXIT
                ? 0
                : Math.max(path.leastTasks - 1, Math.min(dice.between(1, MOST_CHILDREN), forksLeft - 1));
        forksLeft -= 1 + children;
        LifePath chosen = path;
        return task -> job(task, chosen, children);
    }

    private void job(SimTask task, LifePath path, int children) {
        List<Action> s = new ArrayList<>();
        if (dice.oneIn(2)) {
            s.add(programs.exec(path.word()));
        }
        switch (path) {
            case EXIT -> s.add(programs.compute(dice.below(4)));
            case AUTOREAP -> autoreap(s, Sigchld.IGNORE, children);
            case NO_CLD_WAIT -> autoreap(s, Sigchld.NO_CLD_WAIT, children);
            case POLL -> {
                forks(s, children, this::worker);
                s.add(this::poll);
            }
            case PEEK -> {
                forks(s, children, this::worker);
                s.add(this::peek);
            }
            case REAPED_RUNNING -> {
                forks(s, children, child -> {
                    child.linger = dice.between(1, LONG_LINGER);
                    worker(child);
                });
                s.add(this::reapAll);
            }
            case THREADS -> {
                threads(s, children, this::worker);
                s.add(programs.join());
            }
            case LEADER_FIRST ->
                threads(s, children, thread -> {
                    worker(thread);
                    thread.script.add(programs.nap());
                });
            case GROUP_EXIT -> groupExit(s, children);
            case EXEC_THREAD -> execByThread(s, children, true);
            case EXEC_DEAD_LEADER -> execByThread(s, children, false);
            case ORPHANS ->
                forks(s, children, child -> {
                    worker(child);
                    child.script.add(programs.untilOrphanOf(task));
                    child.script.add(programs.compute(dice.below(8)));
                });
            case GROUPS -> processGroups(s, children);
            case TRACED -> traced(s, children);
            case NAMESPACE -> namespace(s, children);
            case STOPS -> stopped(s, children);
        }
        task.script.addAll(s);
    }

    private void forks(List<Action> s, int count, Programs.Script script) {
        for (int i = 0; i < count; i++) {
            s.add(programs.fork(script));
        }
    }

    private void threads(List<Action> s, int count, Programs.Script script) {
        for (int i = 0; i < count; i++) {
            s.add(programs.thread(script));
        }
    }

    /** Does something for a while. */
    private void worker(SimTask task) {
        task.script.add(programs.compute(dice.below(6)));
        if (dice.oneIn(3)) {
            task.script.add(programs.nap());
        }
    }

    private void autoreap(List<Action> s, Sigchld wish, int children) {
        s.add(programs.onSigchld(wish));
        forks(s, children, this::worker);
        s.add(this::reapAll);
    }

    private Outcome reapAll(SimTask current, Cpu cpu) {
        current.first(waits.any(0, (t, result) -> {
            if (result != -Waits.ECHILD) {
                t.first(this::reapAll);
            }
        }));
        return Outcome.DONE;
    }

    private Outcome poll(SimTask current, Cpu cpu) {
        current.first(waits.any(Waits.WNOHANG, (t, result) -> {
            if (result != -Waits.ECHILD) {
                t.first(programs.compute(dice.below(4)), this::poll);
            }
        }));
        return Outcome.DONE;
    }

    private Outcome peek(SimTask current, Cpu cpu) {
        if (!current.children.isEmpty()) {
            SimTask child = current.children.get(dice.below(current.children.size()));
            current.first(
                    waits.id(child, Waits.WNOWAIT, (t, result) -> {}),
                    dice.oneIn(2) ? waits.one(child, 0, (t, result) -> {}) : waits.id(child, 0, (t, result) -> {}),
                    this::peek);
        }
        return Outcome.DONE;
    }

    private void groupExit(List<Action> s, int children) {
        boolean byLeader = dice.oneIn(2);
        int by = byLeader ? -1 : dice.below(children);
        boolean[] complete = {false};
        for (int i = 0; i < children; i++) {
            boolean exits = i == by;
            s.add(programs.thread(thread -> {
                thread.script.add(programs.compute(dice.below(6)));
                if (exits) {
                    thread.script.add((t, cpu) -> complete[0] ? Outcome.DONE : Outcome.SLEEP);
                }
                thread.script.add(exits ? programs.exitGroup() : programs.pause());
            }));
        }
        if (byLeader) {
            s.add(programs.compute(dice.below(6)));
            s.add(programs.exitGroup());
        } else {
            s.add((t, cpu) -> {
                complete[0] = true;
                programs.wakeGroup(t);
                return Outcome.DONE;
            });
            s.add(programs.pause());
        }
    }

    /** The last thread execs; the others and the leader are there until then, or the leader has gone. */
    private void execByThread(List<Action> s, int threads, boolean leaderStays) {
        threads(s, threads - 1, thread -> {
            thread.script.add(programs.compute(dice.below(4)));
            thread.script.add(programs.pause());
        });
        s.add(programs.thread(thread -> {
            if (!leaderStays) {
                thread.script.add((t, cpu) -> t.group.leader.exiting ? Outcome.DONE : Outcome.SLEEP);
            }
            thread.script.add(programs.compute(dice.below(6)));
            thread.script.add(programs.exec("execed"));
            thread.script.add(programs.compute(dice.below(3)));
        }));
        if (leaderStays) {
            s.add(programs.pause());
        }
    }

    /**
     * Every child founds a group or joins that of the one before, as a shell's pipelines do, but for some that stay in the
     * parent's; then the parent waits for each group, as often as it has children there.
     */
    private void processGroups(List<Action> s, int children) {
        List<SimPgrp> expected = new ArrayList<>();
        SimPgrp[] last = {null};
        forks(s, children, child -> {
            SimGroup group = child.group;
            if (!dice.oneIn(4)) {
                group.pgrp.leave(child.ns);
                if (last[0] == null || dice.oneIn(3)) {
                    last[0] = new SimPgrp(child.numbers);
                } else {
                    last[0].join();
                }
                group.pgrp = last[0];
            }
            expected.add(group.pgrp);
            worker(child);
        });
        s.add((current, cpu) -> {
            expected.sort(Comparator.comparingInt(SimPgrp::number));
            for (int i = expected.size(); i-- > 0; ) {
                SimPgrp pgrp = expected.get(i);
                boolean own = pgrp == current.group.pgrp && dice.oneIn(2);
                current.first(own ? waits.ownPgrp((t, result) -> {}) : waits.pgrp(pgrp, (t, result) -> {}));
            }
            return Outcome.DONE;
        });
    }

    /**
     * The last child traces some of its siblings, others are traced by their parent. In half of the cases the parent wants no
     * zombies, which its first child shows; those that are traced become zombies all the same.
     */
    private void traced(List<Action> s, int children) {
        int left = children;
        if (left >= 3 && dice.oneIn(2)) {
            s.add(programs.onSigchld(dice.oneIn(2) ? Sigchld.IGNORE : Sigchld.NO_CLD_WAIT));
            s.add(programs.fork(this::worker));
            s.add(this::reapAll);
            left--;
        }
        List<SimTask> seized = new ArrayList<>();
        for (int i = 1; i < left; i++) {
            boolean byParent = dice.oneIn(3);
            s.add(programs.fork(child -> {
                if (byParent) {
                    child.script.add(traces::traceme);
                } else {
                    seized.add(child);
                    child.script.add(Traces::untilTraced);
                }
                worker(child);
            }));
        }
        s.add(programs.fork(tracer -> {
            seized.forEach(child -> tracer.script.add(traces.seize(child)));
            tracer.script.add(programs.compute(dice.below(12)));
            for (int i = dice.below(seized.size() + 1); i-- > 0; ) {
                tracer.script.add(waits.any(dice.oneIn(3) ? Waits.WNOHANG : 0, (t, result) -> {}));
            }
        }));
        s.add(this::reapAll);
    }

    /**
     * As {@link #traced}, but the tracees stop now and then, and so do children that nobody traces. The tracer lets each go on,
     * or ends and so lets all go on; the parent lets its own tracees and jobs go on.
     */
    private void stopped(List<Action> s, int children) {
        int left = children;
        if (left >= 3 && dice.oneIn(3)) {
            s.add(programs.onSigchld(
                    Sigchld.IGNORE)); // then nobody is told of a stop, and waits report it all the same
            s.add(programs.fork(this::worker));
            s.add(this::reapAll);
            left--;
        }
        List<SimTask> seized = new ArrayList<>();
        for (int i = 1; i < left; i++) {
            int kind = dice.below(4);
            boolean withChild = i + 1 < left && dice.oneIn(3); // whose end wakes no one that is stopped
            i += withChild ? 1 : 0;
            s.add(programs.fork(child -> {
                if (kind == 0) {
                    child.script.add(traces::traceme);
                } else if (kind != 1) {
                    seized.add(child);
                    child.script.add(Traces::untilTraced);
                }
                if (withChild) {
                    child.script.add(programs.fork(this::worker));
                }
                for (int n = dice.between(1, MOST_STOPS); n > 0; n--) {
                    worker(child);
                    child.script.add(kind == 1 ? stops::stopAndContinue : stops::trap);
                }
                if (withChild) {
                    child.script.add(this::reapAll);
                }
            }));
        }
        boolean endsEarly = dice.oneIn(4);
        s.add(programs.fork(tracer -> {
            seized.forEach(child -> tracer.script.add(traces.seize(child)));
            tracer.script.add(programs.compute(dice.below(12)));
            tracer.script.add(endsEarly ? waits.any(0, (t, result) -> {}) : this::reapAll);
        }));
        s.add(this::reapAllAndContinue);
    }

    private Outcome reapAllAndContinue(SimTask current, Cpu cpu) {
        current.first(waits.any(Waits.WUNTRACED, (t, result) -> {
            if (result != -Waits.ECHILD) {
                t.first(this::reapAllAndContinue);
            }
        }));
        return Outcome.DONE;
    }

    private void namespace(List<Action> s, int children) {
        Programs.Script init = task -> {
            int[] unborn = {0};
            forks(task, children - 1, unborn);
            task.script.add((t, cpu) -> unborn[0] > 0 ? Outcome.SLEEP : Outcome.DONE);
            task.script.add(programs.compute(dice.below(6)));
            if (dice.oneIn(3)) {
                task.script.add(waits.any(Waits.WNOHANG, (t, result) -> {}));
            }
        };
        if (dice.oneIn(2)) {
            s.add(this::unsharePidNs);
            s.add(programs.fork(init));
        } else {
            s.add(programs.forkInit(init));
        }
        s.add(this::reapAll);
    }

    /** Of an init: some end by themselves, some have to be killed, and some have a child that has to be. */
    private void forks(SimTask init, int count, int[] unborn) {
        for (int i = 0; i < count; i++) {
            boolean withChild = i + 1 < count && dice.oneIn(3);
            i += withChild ? 1 : 0;
            unborn[0] += withChild ? 1 : 0;
            init.script.add(programs.fork(task -> {
                worker(task);
                if (withChild) {
                    task.script.add(programs.fork(child -> child.script.add(programs.pause())));
                    task.script.add((t, cpu) -> {
                        unborn[0]--;
                        programs.wakeGroup(init);
                        return Outcome.DONE;
                    });
                }
                if (dice.oneIn(2)) {
                    task.script.add(programs.pause());
                }
            }));
        }
    }

    private Outcome unsharePidNs(SimTask current, Cpu cpu) {
        recorder.enter(cpu, Syscall.UNSHARE, Births.CLONE_NEWPID, 0, 0, 0);
        current.nsForChildren = Births.newNamespace(current.ns);
        return Outcome.DONE;
    }
}
