package org.jurcu.rcu;

import java.lang.ref.WeakReference;
import org.jurcu.fence.AsymmetricFence;

/** The readers of {@link Rcu}: each announces the epoch in which its outermost section began. */
final class EpochReaders implements Readers {
    private final String domain;
    private final Epoch epoch = new Epoch();
    private final ReaderRegistry registry;

    // The value is a class of the JDK that holds our record weakly: a thread keeps neither domain nor class loader.
    @SuppressWarnings("ThreadLocalUsage") // one a domain: a thread has a reader in each
    private final ThreadLocal<WeakReference<RcuReader>> current = new ThreadLocal<>();

    // Owned by the leader.
    private final Holdouts holdouts = new Holdouts();
    private long target;

    EpochReaders(String domain) {
        this.domain = domain;
        registry = new ReaderRegistry(domain);
    }

    /** Returns the calling thread's reader, or null. */
    RcuReader currentOrNull() {
        WeakReference<RcuReader> reference = current.get();
        return reference == null ? null : reference.get();
    }

    RcuReader currentOrRegister() {
        RcuReader reader = currentOrNull();
        return reader == null ? registerCurrent() : reader;
    }

    private RcuReader registerCurrent() {
        if (epoch.isClosed()) {
            throw Misuse.closed(domain);
        }
        RcuReader reader = new RcuReader(Thread.currentThread(), this, epoch);
        registry.add(reader); // first: a reader that no scan can meet must not be found by readLock()
        current.set(new WeakReference<>(reader));
        registry.reportDeaths();
        return reader;
    }

    /** Removes the calling thread's reader, which is outside every section. */
    void unregisterCurrent(RcuReader reader) {
        current.remove();
        registry.remove(reader);
    }

    String domain() {
        return domain;
    }

    @Override
    public void beginGracePeriod() {
        holdouts.clear();
        target = epoch.advanceVolatile(); // U4
        AsymmetricFence.heavy(); // U5 C: unlinking and the new epoch before the scan; matches A
        registry.sweepSome();
        registry.collect(target, holdouts);
    }

    @Override
    public boolean pollGracePeriod() {
        return holdouts.poll(target, registry);
    }

    @Override
    public boolean callerIsInside() {
        RcuReader reader = currentOrNull();
        return reader != null && reader.nesting != 0;
    }

    @Override
    public boolean leaveCompletely() {
        RcuReader reader = currentOrNull();
        return reader != null && reader.leaveCompletely();
    }

    @Override
    public void report() {
        registry.reportDeaths();
    }

    @Override
    public void close() {
        epoch.close();
    }

    @Override
    public boolean isClosed() {
        return epoch.isClosed();
    }

    @Override
    public int registered() {
        return registry.registered();
    }

    @Override
    public long diedInside() {
        return registry.diedInside();
    }
}
