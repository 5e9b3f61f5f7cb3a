package org.jurcu.rcu;

import java.lang.ref.WeakReference;
import org.jurcu.fence.AsymmetricFence;

/** The readers of {@link Rcu}: each announces the epoch in which its outermost section began. */
final class EpochReaders implements Readers {
    private static final WeakReference<RcuReader> NOT_REGISTERED = new WeakReference<>(null);

    private final String domain;
    private final Epoch epoch = new Epoch();
    private final ReaderRegistry registry;

    // Only a shortcut to the registry: a pool may erase its workers' thread locals, as the common pool does.
    // The value is a class of the JDK that holds our record weakly: a thread keeps neither domain nor class loader.
    @SuppressWarnings("ThreadLocalUsage") // one a domain: a thread has a reader in each
    final ThreadLocal<WeakReference<RcuReader>> current = new ThreadLocal<>();

    // Owned by the leader.
    private final Holdouts holdouts = new Holdouts();
    private long target;

    EpochReaders(String domain) {
        requireFence();
        this.domain = domain;
        registry = new ReaderRegistry(domain);
    }

    /** Lets a wrong -Djurcu.fence fail here and not in the domain's thread, which could tell nobody. */
    private static void requireFence() {
        try {
            AsymmetricFence.isAsymmetric();
        } catch (LinkageError e) { // of its initializer, the first time or a later one
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw new IllegalStateException(reason.getMessage(), e);
        }
    }

    /** Returns the calling thread's reader, or null. */
    RcuReader currentOrNull() {
        WeakReference<RcuReader> reference = current.get();
        return reference == null ? recallCurrent() : reference.get();
    }

    /** Finds the reader of a thread that has not asked before, or whose thread locals were erased. */
    private RcuReader recallCurrent() {
        RcuReader reader = (RcuReader) registry.findCurrent();
        current.set(reader == null ? NOT_REGISTERED : new WeakReference<>(reader));
        return reader;
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
    public void listHoldouts(HoldoutList list) {
        holdouts.listTo(list);
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
