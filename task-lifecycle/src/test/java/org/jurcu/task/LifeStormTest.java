package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Families that live and die on several threads at once, in each other's way, with few numbers: everybody is freed once. That alone forgives
 * much, since a task with a wrong parent is reaped by somebody in the end. So a bystander looks, under tasklist_lock, whether
 * the relatives of all agree, and every release whether it may be.
 */
class LifeStormTest extends KernelFixture {
    private static final int WORKERS = 3;
    private static final int ROUNDS = 1_000;
    private static final int PATIENCE = 2_000;
    private static final List<SigchldAction> ACTIONS = List.of(SigchldAction.values());

    private final AtomicInteger forked = new AtomicInteger();
    private final AtomicReference<TaskStruct> victim = new AtomicReference<>();

    @Override
    Kernel newKernel() {
        return new Kernel("storm", 2, layout(), tracepoints) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    public void releaseTask(TaskStruct current, TaskStruct p) {
                        if (current == p && ptrace().isTraced(p)) {
                            troubles.add("it releases itself, although its tracer is to reap it: " + p);
                        }
                        super.releaseTask(current, p);
                    }
                };
            }
        };
    }

    /** Whether those whom {@code p} names as its relatives name it too. Under tasklist_lock. */
    private void look(TaskStruct p) {
        if (!p.ptraced() && p.parent() != p.realParent()) {
            troubles.add("nobody traces it, and its parent is not its own: " + p);
        }
        if (p.ptraced() != !p.ptraceEntry.isEmpty() || p.ptraced() != isIn(p.parent(), p)) {
            troubles.add("it is traced, or its parent traces it, but not both: " + p);
        }
        if (p.exitState() == 0 && p.loadAcquireSighand() == null) {
            troubles.add("it lives, and was released: " + p);
        }
    }

    private static boolean isIn(TaskStruct tracer, TaskStruct p) {
        for (TaskStruct t = tracer.tracees.first(); t != null; t = tracer.tracees.after(t.ptraceEntry)) {
            if (t == p) {
                return true;
            }
        }
        return false;
    }

    private void lookAtAll() {
        kernel.rcu().readLock();
        kernel.tasklistLock().readLock();
        try {
            kernel.pids().forEach(this::look);
        } finally {
            kernel.tasklistLock().readUnlock();
            kernel.rcu().readUnlock();
        }
    }

    private TaskStruct clone(TaskStruct parent, long flags) {
        TaskStruct p = kernel.fork().copyProcess(parent, flags);
        forked.incrementAndGet();
        return p;
    }

    /** A shell that makes families until its round is over, and leaves their orphans to init. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: it lets others in between
    private void work(int seed) {
        Random random = new Random(seed);
        TaskStruct shell = clone(init, 0);
        for (int i = 0; i < ROUNDS; i++) {
            TaskStruct p = clone(shell, random.nextInt(4) == 0 ? CloneFlags.CLONE_SIGHAND : 0);
            switch (random.nextInt(8)) {
                case 0 -> kernel.signals().setSigchldAction(shell, ACTIONS.get(random.nextInt(3)));
                case 1 -> {
                    TaskStruct thread = clone(p, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND);
                    die(p);
                    kernel.exec().beginNewExec(thread);
                    p = thread;
                }
                case 2 -> die(clone(p, 0)); // an orphan that is a zombie
                case 3 -> {
                    TaskStruct thread = clone(p, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND);
                    die(clone(thread, 0));
                    die(thread);
                }
                case 4 -> kernel.groups().setsid(p);
                case 5 -> trace(clone(shell, 0), random); // it dies with what it traces
                case 6 -> {
                    TaskStruct thread = clone(p, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND);
                    die(p);
                    p = thread; // the last one, after its leader
                }
                default -> {
                    victim.set(p);
                    if (random.nextBoolean()) {
                        Thread.yield(); // so that a tracer may come
                    }
                }
            }
            die(p);
            while (kernel.waits().wait4(shell, -1, Wait.WNOHANG | Wait.WALL) > 0) {
                // its children, and what it traces
            }
        }
        die(shell);
    }

    /** Another worker's child, under its feet; it may exit meanwhile, or be gone. */
    private void trace(TaskStruct tracer, Random random) {
        kernel.signals().setSigchldAction(tracer, ACTIONS.get(random.nextInt(3)));
        kernel.rcu().readLock();
        TaskStruct other = victim.get();
        boolean held = other != null && other.tryGetTaskStruct();
        kernel.rcu().readUnlock();
        if (held) {
            boolean attached = kernel.ptrace().attach(tracer, other);
            for (int i = 0; attached && i < PATIENCE && other.exitState() == 0; i++) {
                Thread.onSpinWait(); // so that it ends while it is traced
            }
            if (random.nextBoolean()) {
                kernel.ptrace().detach(tracer, other);
            }
            other.putTaskStruct();
        }
        die(tracer);
    }

    @Test
    void everybodyIsFreedOnce() throws InterruptedException {
        kernel.pids().setPidMax(2_000);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int seed = i;
            Thread worker = new Thread(() -> work(seed));
            worker.setUncaughtExceptionHandler((thread, e) -> thrown.compareAndSet(null, e));
            workers.add(worker);
            worker.start();
        }
        AtomicBoolean over = new AtomicBoolean();
        Thread reaper = new Thread(() -> {
            while (!over.get() || kernel.waits().wait4(init, -1, Wait.WNOHANG) > 0) {
                kernel.waits().wait4(init, -1, Wait.WNOHANG);
            }
        });
        reaper.start();
        Thread bystander = new Thread(() -> {
            while (!over.get()) {
                lookAtAll();
            }
        });
        bystander.setUncaughtExceptionHandler((thread, e) -> thrown.compareAndSet(null, e));
        bystander.start();
        for (Thread worker : workers) {
            worker.join();
        }
        over.set(true);
        reaper.join();
        bystander.join();
        assertNull(thrown.get());
        assertEquals(-Wait.ECHILD, wait(init));
        graceperiods();
        assertEquals(forked.get(), freed.size());
        assertEquals(List.of(), troubles);
    }
}
