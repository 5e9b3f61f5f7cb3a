package org.jurcu.rcu;

import java.lang.ref.WeakReference;
import org.jurcu.fence.AsymmetricFence;

/**
 * Readers that announce epochs, and the leader's side of the handshake with them.
 *
 * @param <R> what a thread is as a reader
 */
abstract class EpochReaders<R extends EpochReader> implements Readers {
    private final WeakReference<R> notRegistered = new WeakReference<>(null);

    private final String domain;
    final Epoch epoch = new Epoch();
    final ReaderRegistry registry;
    private final R[] cache;

    // Only a shortcut to the registry: a pool may erase its workers' thread locals, as the common pool does.
    // The value is a class of the JDK that holds our record weakly: a thread keeps neither domain nor class loader.
    @SuppressWarnings("ThreadLocalUsage") // one a domain: a thread has a reader in each
    final ThreadLocal<WeakReference<R>> current = new ThreadLocal<>();

    // Owned by the reclaimer, who asks after every callback: the look-up is saved while nobody has registered.
    private Thread leaver;
    private int leaverAdditions;
    private R leaverReader;

    // Owned by the leader.
    private final Holdouts holdouts = new Holdouts();
    private long target;

    EpochReaders(String domain, R[] cache) {
        this.domain = domain;
        this.cache = cache;
        registry = new ReaderRegistry(cache);
    }

    /** Where {@link ReaderCache#find} may find the calling thread's reader, in front of the methods below. */
    final R[] cache() {
        return cache;
    }

    /** Returns the calling thread's reader, or null. */
    @SuppressWarnings("unchecked") // the cache holds what register() added, all of it R
    final R currentOrNull() {
        R cached = (R) ReaderCache.find(registry.cache);
        return cached != null ? cached : rememberedOrNull();
    }

    private R rememberedOrNull() {
        WeakReference<R> reference = current.get();
        R reader = reference == null ? recallCurrent() : reference.get();
        if (reader != null) {
            ReaderCache.offer(registry.cache, reader); // whoever had its place may be gone
        }
        return reader;
    }

    /** Finds the reader of a thread that has not asked before, or whose thread locals were erased. */
    @SuppressWarnings("unchecked") // the registry holds what register() added, all of it R
    private R recallCurrent() {
        R reader = (R) registry.findCurrent();
        current.set(reader == null ? notRegistered : new WeakReference<>(reader));
        return reader;
    }

    /** Registers the calling thread, which is not registered, as {@code reader}. */
    final void register(R reader) {
        registry.add(reader); // first: a reader that no scan can meet must not be found by readLock()
        try {
            current.set(new WeakReference<>(reader));
        } catch (Throwable e) { // no memory: its owner would not find it, and register another
            registry.remove(reader);
            throw e;
        }
        // No logger here, nor anything else of the application: it could unregister the reader that is about to
        // announce.
    }

    /** Removes the calling thread's reader, which is outside every section. */
    final void unregisterCurrent(R reader) {
        current.remove();
        registry.remove(reader);
    }

    final String domain() {
        return domain;
    }

    @Override
    public void beginGracePeriod() {
        holdouts.clear();
        target = epoch.advanceVolatile(); // U4: what callers did before the new epoch; matches I
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
    public long countHoldouts() {
        return holdouts.size();
    }

    @Override
    public SectionEntry callerEntry() {
        R reader = currentOrNull();
        return reader == null ? null : reader.sectionEntry();
    }

    @Override
    public final boolean leaveCompletely() {
        int additions = registry.additions();
        if (Thread.currentThread() != leaver || additions != leaverAdditions) {
            leaver = Thread.currentThread();
            leaverAdditions = additions;
            leaverReader = currentOrNull();
        }
        return leaverReader != null && leaverReader.leaveCompletely();
    }

    @Override
    public void report() {
        registry.reportDeaths();
    }

    @Override
    public final void close() {
        epoch.close();
    }

    @Override
    public final boolean isClosed() {
        return epoch.isClosed();
    }

    @Override
    public final int registered() {
        return registry.registered();
    }

    @Override
    public long diedInside() {
        return registry.diedInside();
    }
}
