package org.jurcu.rcu;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that starts when there is work, ends after an idle time, and starts again when work comes.
 *
 * <p>It inherits nothing from whoever happens to start it: no context class loader, no inheritable thread locals, no
 * thread group, no priority, no access-control context.
 *
 * <p>No wake-up is lost, and bringing work costs one load while the thread is busy. It is Dekker's handshake: the caller
 * makes the work visible by a volatile access, then loads the state; the thread stores PARKED, then looks for work. One
 * sees the other. Before it parks it lingers for as long as a wake-up would cost; that is no part of the handshake.
 */
final class OnDemandThread implements Runnable {
    /** What the thread does. */
    interface Work {
        /** Does what there is to do, and returns false if there was nothing. Called by the thread. */
        boolean doSome();

        /** Returns whether there is something to do. */
        boolean isPending();
    }

    /** What starts a thread; a test lets it fail. */
    interface Starter {
        void start(Thread thread);
    }

    /** Whoever waits for the thread's work signals again this often, since a thread may fail to start. */
    static final long RETRY_NANOS = 100_000_000;

    /** About what going to sleep and being called takes both sides. */
    private static final long LINGER_NANOS = 20_000;

    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    private final String name;
    private final Work work;
    private final Starter starter;
    private final long idleNanos;
    private final String trouble; // made beforehand: it is wanted when memory may be out
    private final String startTrouble;
    private final ThreadState state = new ThreadState();
    private final AtomicLong startFailures = new AtomicLong();
    private volatile Thread thread;
    private volatile boolean closing;

    // Owned by the thread. Written only where that changes something: callers read the fields above.
    private int vainCalls;
    private long failures;
    private long pauseNanos = WaitLadder.LAST_PARK_NANOS;

    OnDemandThread(String name, long idleNanos, Work work) {
        this(name, idleNanos, work, Thread::start);
    }

    OnDemandThread(String name, long idleNanos, Work work, Starter starter) {
        this.name = name;
        this.idleNanos = idleNanos;
        this.work = work;
        this.starter = starter;
        trouble = "Thread \"" + name + "\" failed at its work and will try again.";
        startTrouble =
                "Thread \"" + name + "\" could not be started; its work is kept, and the next caller tries again.";
    }

    /**
     * Makes sure that the thread will look at all work that was made visible before this call. It does not throw if the
     * thread cannot be started: the work is accepted already. It is done when a later signal succeeds.
     */
    void signal() {
        if (!ThreadState.isRunning(state.loadVolatile())) {
            callThread(true);
        }
    }

    /** As {@link #signal}, but does not log that the thread could not be started: for a caller that must not. */
    void signalInSilence() {
        if (!ThreadState.isRunning(state.loadVolatile())) {
            callThread(false);
        }
    }

    private void callThread(boolean mayLog) {
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
                    start(mayLog);
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
    private void start(boolean mayLog) {
        try {
            Thread fresh = newThread();
            fresh.setDaemon(true);
            fresh.setPriority(Thread.NORM_PRIORITY);
            fresh.setContextClassLoader(null);
            thread = fresh;
            starter.start(fresh);
        } catch (Throwable e) { // no memory, no more threads
            state.storeVolatile(ThreadState.NONE);
            long count = startFailures.incrementAndGet();
            if (mayLog) {
                report(startTrouble, count, e);
            }
        }
    }

    /** Before Java 24 a thread keeps its creator's access-control context, and by it the loaders of all callers. */
    @SuppressWarnings("removal") // nothing replaces it where it has an effect
    private Thread newThread() {
        return AccessController.doPrivileged(
                (PrivilegedAction<Thread>) () -> new DomainThread(rootGroup(), this, name));
    }

    /** Logs the first few failures and then ever fewer. */
    private static void report(String sentence, long count, Throwable cause) {
        if (count <= 8 || Long.bitCount(count) == 1) {
            Reports.warn(sentence, cause);
        }
    }

    /** Lets the thread end as soon as it finds no work, without waiting for that. */
    void endWhenIdle() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** Lets the thread finish all work, and waits for its end. Work that is brought later starts a thread again. */
    void close() {
        closing = true;
        boolean interrupted = false;
        long pause = WaitLadder.FIRST_PARK_NANOS;
        while (work.isPending() || state.loadVolatile() != ThreadState.NONE) {
            signal();
            Thread present = thread;
            if (present != null && present.isAlive()) {
                interrupted |= joinInterrupted(present);
            } else { // it is being started, or that failed
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, pause);
                pause = Math.min(pause * 2, RETRY_NANOS);
            }
        }
        Thread last = thread;
        while (last != null && last.isAlive()) { // past its last step
            interrupted |= joinInterrupted(last);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the thread's end, but not for long; returns whether it was interrupted. */
    private static boolean joinInterrupted(Thread thread) {
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(RETRY_NANOS));
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
                    allIsWell();
                } else if (!idle()) {
                    return;
                }
            } catch (Throwable e) { // no memory, say
                report(trouble, ++failures, e);
                Thread.interrupted(); // parking needs a clear flag
                LockSupport.parkNanos(this, pauseNanos);
                pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
            }
        }
    }

    /** Looks for work a little longer, and returns whether it came. The state says RUNNING meanwhile: nobody calls. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: whoever may bring work may want this processor
    private boolean linger() {
        long began = System.nanoTime();
        do {
            if (closing || work.isPending()) {
                return !closing;
            }
            Thread.yield();
        } while (System.nanoTime() - began < LINGER_NANOS);
        return work.isPending(); // a yield may take long: at least two looks
    }

    private void countVainCall() {
        if (++vainCalls > 1) { // it is on its way, but not yet to be had
            LockSupport.parkNanos(this, WaitLadder.FIRST_PARK_NANOS);
        }
    }

    private void allIsWell() {
        if (vainCalls != 0) {
            vainCalls = 0;
        }
        if (pauseNanos != WaitLadder.LAST_PARK_NANOS) {
            pauseNanos = WaitLadder.LAST_PARK_NANOS;
        }
    }

    /** Waits until work comes; returns false if the thread shall end. */
    private boolean idle() {
        if (linger()) {
            countVainCall();
            return true;
        }
        state.storeVolatile(ThreadState.PARKED);
        if (work.isPending()) {
            // Fails if a caller has done it already.
            state.casVolatile(ThreadState.PARKED, ThreadState.runningSince(System.nanoTime()));
            countVainCall();
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
