package org.jurcu.rcu;

/**
 * The way of virtual threads into an {@link Rcu} domain, for any thread: actors of jcstress are platform threads, and nothing
 * on that way depends on the kind of the thread.
 */
public final class CountedReaders {
    private final RcuReaders readers = new RcuReaders("stress");

    /** Returns a whole domain of these readers; to be called once. */
    public Rcu domain() {
        return domain(Rcu.builder("stress"));
    }

    /** As {@link #domain()}, with those options. */
    public Rcu domain(Rcu.Builder options) {
        return options.build(readers);
    }

    /** As {@link Rcu#readLock} of a virtual thread without a handle. */
    public void readLock() {
        readers.virtualReaders().enter();
    }

    /** As {@link Rcu#readUnlock} of a virtual thread without a handle. */
    public void readUnlock() {
        readers.virtualReaders().exit();
    }

    /** One grace period without a domain: what its leader does, from U4 to U7. */
    public void gracePeriod() {
        readers.beginGracePeriod();
        while (!readers.pollGracePeriod()) {
            Thread.onSpinWait();
        }
    }

    /** Returns how many sections are counted as open. */
    public long open() {
        return readers.virtualReaders().countOpen();
    }
}
