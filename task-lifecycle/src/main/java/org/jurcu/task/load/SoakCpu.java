package org.jurcu.task.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jurcu.task.CloneFlags;
import org.jurcu.task.Exit;
import org.jurcu.task.Fork;
import org.jurcu.task.Kernel;
import org.jurcu.task.Scheduler;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Wait;

/**
 * A thread that acts as one CPU: forks a child, runs it, lets it exit, reaps it, runs it out. All CPUs' threads of the driver
 * are one process, so that each may reap what another forked.
 *
 * <p>Counters are written by this thread alone and read by the watcher: opaque, since each stands for itself.
 */
final class SoakCpu implements Runnable {
    static final long THREAD = CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND;

    static final int LOOK_EVERY = 64;
    private static final long BACKLOG_PAUSE_NANOS = 20_000;
    private static final VarHandle FORKS;
    private static final VarHandle LAST_PID;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            FORKS = l.findVarHandle(SoakCpu.class, "forks", long.class);
            LAST_PID = l.findVarHandle(SoakCpu.class, "lastPid", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Soak soak;
    private final Fork fork;
    private final Exit exit;
    private final Scheduler scheduler;
    private final Wait waits;
    private final int cpu;
    private final Dice dice;
    private final long quota;
    /** The driver's thread of this CPU. */
    private final TaskStruct driver;
    /** A process that ignores SIGCHLD. */
    private final TaskStruct careless;

    private long forks;

    @SuppressWarnings("UnusedVariable") // through LAST_PID
    private int lastPid;

    /** Children of other CPUs' threads that this one's reaped. */
    private long reapedByAnother;

    SoakCpu(Soak soak, Kernel kernel, int cpu, long seed, long quota, TaskStruct driver, TaskStruct careless) {
        this.soak = soak;
        this.fork = kernel.fork();
        this.exit = kernel.exit();
        this.scheduler = kernel.scheduler();
        this.waits = kernel.waits();
        this.cpu = cpu;
        this.dice = new Dice(seed);
        this.quota = quota;
        this.driver = driver;
        this.careless = careless;
    }

    long forks() {
        return (long) FORKS.getOpaque(this);
    }

    /** The number of the child that was born last, for the readers. */
    int lastPid() {
        return (int) LAST_PID.getOpaque(this);
    }

    /** Once the thread has ended. */
    long reapedByAnother() {
        return reapedByAnother;
    }

    @Override
    public void run() {
        scheduler.contextSwitch(cpu, driver, false);
        for (long n = 0; n < quota; n++) {
            if (n % LOOK_EVERY == 0 && !mayGoOn()) {
                return;
            }
            lifetime();
        }
    }

    private boolean mayGoOn() {
        while (soak.backlogIsFull() && !soak.isStopped()) {
            LockSupport.parkNanos(BACKLOG_PAUSE_NANOS); // the reclaimer needs the time
        }
        return !soak.isStopped();
    }

    private TaskStruct born(TaskStruct parent, long flags) {
        TaskStruct child = fork.copyProcess(parent, flags);
        FORKS.setOpaque(this, forks + 1);
        LAST_PID.setOpaque(this, child.pid());
        return child;
    }

    private void lifetime() {
        switch (dice.below(16)) {
            case 0, 1 -> releasesItself(careless, 0);
            case 2, 3 -> releasesItself(driver, THREAD);
            case 4, 5 -> reapedRunning();
            case 6 -> leftToAll();
            default -> reapedAsleep();
        }
    }

    /** §5.8 A. */
    private void reapedAsleep() {
        TaskStruct child = runToExit(driver, 0);
        int nr = child.pid();
        scheduler.contextSwitch(cpu, driver, true);
        reap(nr);
    }

    /** §5.8 C. */
    private void reapedRunning() {
        TaskStruct child = runToExit(driver, 0);
        reap(child.pid());
        scheduler.contextSwitch(cpu, driver, true);
    }

    /** §5.8 B, and D for a thread. */
    private void releasesItself(TaskStruct parent, long flags) {
        runToExit(parent, flags);
        scheduler.contextSwitch(cpu, driver, true);
    }

    /**
     * §5.8 A, with several reapers: every CPU that comes here tries to reap the zombie that was left last, and one of them does;
     * then one of them leaves its own.
     */
    private void leftToAll() {
        TaskStruct child = runToExit(driver, 0);
        int nr = child.pid();
        scheduler.contextSwitch(cpu, driver, true);
        long left = soak.left();
        if (left != 0) {
            int reaped = waits.wait4(driver, (int) left, Wait.WNOHANG);
            if (reaped == (int) left) {
                reapedByAnother += left >>> 32 == cpu ? 0 : 1;
            } else if (reaped != -Wait.ECHILD) {
                soak.audit().fault("wait4(" + (int) left + ", WNOHANG) of a zombie, or of nobody, returned " + reaped);
            }
        }
        if (!soak.leave(left, (long) cpu << 32 | nr)) {
            reap(nr);
        }
    }

    private TaskStruct runToExit(TaskStruct parent, long flags) {
        TaskStruct child = born(parent, flags);
        scheduler.contextSwitch(cpu, child, false);
        exit.doExit(child);
        return child;
    }

    private void reap(int nr) {
        int reaped = waits.wait4(driver, nr, Wait.WNOHANG);
        if (reaped != nr) {
            soak.audit().fault("wait4(" + nr + ", WNOHANG) of a zombie returned " + reaped);
        }
    }
}
