package org.jurcu.stress.races;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;
import org.jurcu.rcu.RcuReader;

/**
 * The library's domain behind the face that the frozen twins have, in the several ways in which it can be asked.
 *
 * <p>One domain serves all samples of a run: readers come and go with jcstress's threads, whose records the domain has to
 * collect itself.
 */
class ShippedRcu implements GraceDomain {
    private static final int IDLE_READERS = 128;

    final Rcu rcu = Rcu.create("stress");

    private ShippedRcu() {
        startReclaimer(rcu);
    }

    /**
     * Starts the domain's own thread before there are actors: it inherits the CPU of the thread that starts it, and
     * jcstress pins its actors. To be called where a test's class is initialized.
     */
    static void startReclaimer(RcuDomain domain) {
        domain.call(() -> {});
        domain.barrier();
    }

    /** Readers are found by look-up. */
    static GraceDomain byLookup() {
        return new ShippedRcu();
    }

    /** Each reading thread keeps its handle. */
    static GraceDomain byHandle() {
        return new ByHandle();
    }

    /** Each section registers its thread and unregisters it; for one reading thread at a time. */
    static GraceDomain registering() {
        return new Registering();
    }

    /** As {@link #byHandle}, among so many who only have registered that a scan stops looking at who does nothing. */
    static GraceDomain amongIdleReaders() {
        ShippedRcu domain = new ByHandle();
        CountDownLatch registered = new CountDownLatch(IDLE_READERS);
        for (int i = 0; i < IDLE_READERS; i++) {
            Thread idle = new Thread(() -> beIdle(domain.rcu, registered), "idle-reader");
            idle.setDaemon(true);
            idle.start();
        }
        try {
            registered.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the initialization of a test", e);
        }
        return domain;
    }

    private static void beIdle(Rcu rcu, CountDownLatch registered) {
        RcuReader reader = rcu.register();
        registered.countDown();
        while (!reader.held()) { // which it never is
            LockSupport.park();
        }
    }

    /** Updaters take the expedited way. */
    static GraceDomain expedited() {
        return new ShippedRcu() {
            @Override
            public void synchronize() {
                rcu.synchronizeExpedited();
            }
        };
    }

    /** Updaters take a cookie and ask for it. */
    static GraceDomain polled() {
        return new ShippedRcu() {
            @Override
            @SuppressWarnings("ThreadPriorityCheck") // the domain's thread may need this CPU
            public void synchronize() {
                long cookie = rcu.startPoll();
                while (!rcu.pollState(cookie)) {
                    Thread.yield();
                }
            }
        };
    }

    @Override
    public void readLock() {
        rcu.readLock();
    }

    @Override
    public void readUnlock() {
        rcu.readUnlock();
    }

    @Override
    public void synchronize() {
        rcu.synchronize();
    }

    @Override
    public void call(RcuHead head) {
        rcu.call(head);
    }

    @Override
    public void barrier() {
        rcu.barrier();
    }

    private static final class ByHandle extends ShippedRcu {
        @SuppressWarnings("ThreadLocalUsage") // one a domain, and the domain lives as long as its class
        private final ThreadLocal<RcuReader> reader = ThreadLocal.withInitial(rcu::register);

        @Override
        public void readLock() {
            reader.get().lock();
        }

        @Override
        public void readUnlock() {
            reader.get().unlock();
        }
    }

    private static final class Registering extends ShippedRcu {
        private RcuReader reader;

        @Override
        public void readLock() {
            reader = rcu.register();
            reader.lock();
        }

        @Override
        public void readUnlock() {
            reader.unlock();
            reader.close();
        }
    }
}
