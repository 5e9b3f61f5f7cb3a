package org.jurcu.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The checker of docs/synchronization.md, which runs in tests ({@code -Djurcu.lockdep=true}): who takes locks in which
 * order, who touches which field, and who sleeps with what. A breach throws at the place where it happens, and is written
 * down so that a test fails even where the throw is swallowed. When it is off, {@link #ON} is a constant that the compiler
 * of the JVM folds: no check is left in the code.
 *
 * <p>Mirrors {@code lockdep_assert_held}, {@code might_sleep} and the order checks of {@code kernel/locking/lockdep.c}.
 */
final class Lockdep {
    static final boolean ON = Boolean.getBoolean("jurcu.lockdep");

    private record Held(KernelLock lock, boolean exclusive) {}

    private static final ThreadLocal<List<Held>> HELD = ThreadLocal.withInitial(() -> new ArrayList<>(4));
    private static final Queue<String> BREACHES = new ConcurrentLinkedQueue<>();

    private Lockdep() {}

    /** A breach of the rules. An error, so that nothing that expects a misuse takes it for one. */
    static final class Breach extends AssertionError {
        private static final long serialVersionUID = 1L;

        Breach(String what) {
            super(what);
        }
    }

    static Breach breach(String what) {
        BREACHES.add(what);
        return new Breach(what);
    }

    /** Every breach since the last call. */
    static List<String> takeBreaches() {
        List<String> taken = new ArrayList<>();
        for (String breach = BREACHES.poll(); breach != null; breach = BREACHES.poll()) {
            taken.add(breach);
        }
        return taken;
    }

    /** The caller is about to take {@code lock}. */
    static void acquire(KernelLock lock, boolean exclusive) {
        List<Held> held = HELD.get();
        for (Held other : held) {
            if (other.lock.lockClass().compareTo(lock.lockClass()) >= 0) {
                throw breach(lock.lockClass() + " is taken while " + other.lock.lockClass()
                        + " is held: docs/synchronization.md has the order");
            }
        }
        held.add(new Held(lock, exclusive));
    }

    static void release(KernelLock lock) {
        List<Held> held = HELD.get();
        for (int i = held.size(); i-- > 0; ) {
            if (held.get(i).lock == lock) {
                held.remove(i);
                if (held.isEmpty()) {
                    HELD.remove();
                }
                return;
            }
        }
        throw breach(lock.lockClass() + " is released by a thread that does not hold it");
    }

    /** Whether the caller holds it in any mode. */
    static boolean holds(KernelLock lock) {
        for (Held held : HELD.get()) {
            if (held.lock == lock) {
                return true;
            }
        }
        return false;
    }

    static boolean holdsExclusively(KernelLock lock) {
        for (Held held : HELD.get()) {
            if (held.lock == lock) {
                return held.exclusive;
            }
        }
        return false;
    }

    /** {@code lockdep_assert_held}. */
    static void assertHeld(boolean held, String what, String guard) {
        if (!held) {
            throw breach(what + " without " + guard + ": docs/synchronization.md says who may");
        }
    }

    /** {@code might_sleep}: the caller is going to wait for another task, or for a grace period. */
    static void mightSleep(Kernel kernel, String what) {
        List<Held> held = HELD.get();
        if (!held.isEmpty()) {
            throw breach(what + " sleeps with " + held.get(0).lock.lockClass() + " held: unlock first");
        }
        if (kernel.rcu().readLockHeld()) {
            throw breach(what + " sleeps inside an RCU section, which holds up every grace period");
        }
    }
}
