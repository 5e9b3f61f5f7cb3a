package org.jurcu.rcu;

import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that starts when there is work, ends after an idle time, and starts again when work comes.
 *
 * <p>It inherits nothing from whoever happens to start it: no context class loader, no inheritable thread locals, no
 * thread group, no priority.
 *
 * <p>No wake-up is lost, and bringing work costs one load while the thread is busy. It is Dekker's handshake: the caller
 * makes the work visible by a volatile access, then loads the state; the thread stores PARKED, then looks for work. One
 * sees the other.
 */
final class OnDemandThread implements Runnable {
    /** What the thread does. */
    interface Work {
        /** Does what there is to do, and returns false if there was nothing. Called by the thread. */
        boolean doSome();

        /** Returns whether there is something to do. */
        boolean isPending();
    }

    private final String name;
    private final Work work;
    private final long idleNanos;
    private final String trouble; // made beforehand: it is wanted when memory may be out
    private final ThreadState state = new ThreadState();
    private volatile Thread thread;
    private volatile boolean closing;
    private int vainCalls; // owned by the thread

    OnDemandThread(String name, long idleNanos, Work work) {
        this.name = name;
        this.idleNanos = idleNanos;
        this.work = work;
        trouble = "Thread \"" + name + "\" failed at its work and will try again.";
    }

    /** Makes sure that the thread will look at all work that was made visible before this call. */
    void signal() {
        if (!ThreadState.isRunning(state.loadVolatile())) {
            callThread();
        }
    }

    private void callThread() {
        long now = ThreadState.runningSince(System.nanoTime());
        for (; ; ) {
            long present = state.loadVolatile();
            if (ThreadState.isRunning(present)) {
                return;
            }
            if (state.casVolatile(present, now)) {
                if (present == ThreadState.PARKED) {
                    LockSupport.unpark(thread);
                } else {
                    start();
                }
                return;
            }
        }
    }

    /** The group that no application can have made or destroyed. */
    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group != null && group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    @SuppressWarnings("ThreadPriorityCheck") // not for scheduling: not to inherit the priority of whoever came first
    private void start() {
        boolean started = false;
        try {
            Thread fresh = new Thread(rootGroup(), this, name, 0, false);
            fresh.setDaemon(true);
            fresh.setPriority(Thread.NORM_PRIORITY);
            fresh.setContextClassLoader(null);
            thread = fresh;
            fresh.start();
            started = true;
        } finally {
            if (!started) {
                state.storeVolatile(ThreadState.NONE); // the next caller tries again
            }
        }
    }

    /** Lets the thread finish all work, and waits for its end. Work that is brought later starts a thread again. */
    void close() {
        closing = true;
        if (work.isPending() || state.loadVolatile() != ThreadState.NONE) {
            signal();
        }
        boolean interrupted = false;
        while (state.loadVolatile() != ThreadState.NONE) {
            interrupted |= Thread.interrupted();
            Thread present = thread;
            if (present == null || !present.isAlive()) { // it is being started
                LockSupport.parkNanos(this, WaitLadder.FIRST_PARK_NANOS);
                continue;
            }
            interrupted |= joinInterrupted(present);
        }
        Thread last = thread;
        while (last != null && last.isAlive()) { // past its last step
            interrupted |= joinInterrupted(last);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joinInterrupted(Thread thread) {
        try {
            thread.join();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Returns the nanoTime of the last call that found the thread idle, or {@code otherwise} if it is idle now. */
    long calledAt(long otherwise) {
        long present = state.loadVolatile();
        return ThreadState.isRunning(present) ? present : otherwise;
    }

    @Override
    public void run() {
        for (; ; ) {
            try {
                if (work.doSome()) {
                    vainCalls = 0;
                } else if (!idle()) {
                    return;
                }
            } catch (Throwable e) { // no memory, say
                Reports.warn(trouble, e);
                LockSupport.parkNanos(this, WaitLadder.LAST_PARK_NANOS);
            }
        }
    }

    /** Waits until work comes; returns false if the thread shall end. */
    private boolean idle() {
        state.storeVolatile(ThreadState.PARKED);
        if (work.isPending()) {
            // Fails if a caller has done it already.
            state.casVolatile(ThreadState.PARKED, ThreadState.runningSince(System.nanoTime()));
            if (++vainCalls > 1) { // it is on its way, but not yet to be had
                LockSupport.parkNanos(this, WaitLadder.FIRST_PARK_NANOS);
            }
            return true;
        }
        long began = System.nanoTime();
        while (!ThreadState.isRunning(state.loadVolatile())) {
            long remaining = idleNanos - (System.nanoTime() - began);
            if (!closing && remaining > 0) {
                LockSupport.parkNanos(this, remaining);
                Thread.interrupted(); // nobody has a reason to interrupt us, and parking needs a clear flag
            } else if (state.casVolatile(ThreadState.PARKED, ThreadState.NONE)) {
                return false; // from here on another thread may run
            }
        }
        return true;
    }
}
