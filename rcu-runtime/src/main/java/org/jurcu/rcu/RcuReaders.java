package org.jurcu.rcu;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The readers of {@link Rcu}: each announces the epoch in which its outermost section began, but for virtual threads
 * without a handle, who are counted.
 */
final class RcuReaders extends EpochReaders<RcuReader> {
    // Links every access once, which takes more stack than the access: not in the unlock of somebody's last frame.
    // And loads every class that is used between a look-up and what is done upon it: a class loader may be the
    // application's, and read in the same domain.
    static {
        RcuReaders sample = new RcuReaders("sample");
        sample.virtualReaders().enter();
        sample.virtualReaders().exit();
        try {
            sample.exit();
        } catch (IllegalStateException e) {
            // What it is for: Misuse is loaded.
        }
        RcuReader reader = sample.currentOrRegister();
        reader.lock();
        reader.unlock();
        sample.enter();
        sample.exit();
        ReaderCache.find(sample.cache());
        ReaderCache.find(sample.cache(), -reader.outside);
        reader.listing = ReaderRecord.DOZING;
        reader.lock();
        reader.unlock();
        reader.listing = ReaderRecord.UNLISTED;
        reader.lock();
        reader.unlock();
        reader.countRegistration();
        reader.close();
    }

    private final int processors;

    /** Null until a virtual thread reads. */
    private final AtomicReference<VirtualReaders> virtualReaders = new AtomicReference<>();

    // Owned by the leader.
    private VirtualReaders waitedFor;

    RcuReaders(String domain) {
        this(domain, Runtime.getRuntime().availableProcessors());
    }

    /** For as many readers at once as there are {@code processors}, if they are virtual. */
    RcuReaders(String domain, int processors) {
        super(domain, new RcuReader[ReaderCache.PLACES]);
        this.processors = processors;
    }

    /** Returns the calling thread's reader; if it has none, registers it. */
    RcuReader currentOrRegister() {
        RcuReader reader = currentOrNull();
        return reader == null ? registerCurrent() : reader;
    }

    /** Registers the calling thread, unless it is found now: loading what the callers use may have run anything. */
    RcuReader registerCurrent() {
        if (isClosed()) {
            throw Misuse.closed(domain());
        }
        RcuReader reader = new RcuReader(Thread.currentThread(), this, epoch);
        RcuReader present = currentOrNull();
        if (present != null) {
            return present;
        }
        if (virtualIsInside()) {
            throw Misuse.registeredInside(domain());
        }
        register(reader);
        return reader;
    }

    /** {@code readLock} of a thread that has no reader, or was not found at once. */
    void enter() {
        RcuReader reader = currentOrNull();
        if (reader == null && VirtualThreads.currentIsVirtual()) {
            virtualReaders().enter();
        } else {
            RcuReader own = reader == null ? registerCurrent() : reader;
            own.enter(-own.outside);
        }
    }

    /** {@code readUnlock} of a thread that has no reader, or was not found at once. */
    void exit() {
        RcuReader reader = currentOrNull();
        if (reader != null) {
            reader.exit(-reader.outside);
        } else {
            VirtualReaders present = ofVirtualCaller();
            if (present == null || !present.exit()) {
                throw Misuse.unlockWithoutLock(domain());
            }
        }
    }

    VirtualReaders virtualReaders() {
        VirtualReaders present = virtualReaders.get();
        if (present == null) {
            VirtualReaders fresh = new VirtualReaders(domain(), epoch, processors);
            virtualReaders.compareAndSet(null, fresh); // R0: before the count; matches U6
            present = virtualReaders.get();
        }
        return present;
    }

    /** Returns where the calling thread, if virtual, may be counted; else null. */
    private VirtualReaders ofVirtualCaller() {
        VirtualReaders present = virtualReaders.get();
        return present != null && VirtualThreads.currentIsVirtual() ? present : null;
    }

    private boolean virtualIsInside() {
        VirtualReaders present = ofVirtualCaller();
        return present != null && present.callerIsInside();
    }

    @Override
    public void beginGracePeriod() {
        super.beginGracePeriod();
        waitedFor = virtualReaders.get(); // U6: behind U4; matches R0
        if (waitedFor != null) {
            waitedFor.begin();
        }
    }

    @Override
    public boolean pollGracePeriod() {
        boolean counted = waitedFor == null || waitedFor.poll(); // first: so that the index flips meanwhile
        return super.pollGracePeriod() && counted;
    }

    @Override
    public void listHoldouts(HoldoutList list) {
        super.listHoldouts(list);
        if (waitedFor != null) {
            waitedFor.listHoldouts(list);
        }
    }

    @Override
    public long countHoldouts() {
        return super.countHoldouts() + (waitedFor == null ? 0 : waitedFor.countOpen());
    }

    @Override
    public void report() {
        super.report();
        VirtualReaders present = virtualReaders.get();
        if (present != null) {
            present.reportDeaths();
        }
    }

    @Override
    public long diedInside() {
        VirtualReaders present = virtualReaders.get();
        return super.diedInside() + (present == null ? 0 : present.diedInside());
    }

    @Override
    public SectionEntry callerEntry() {
        VirtualReaders present = currentOrNull() == null ? ofVirtualCaller() : null;
        return present == null ? super.callerEntry() : present.callerEntry();
    }

    @Override
    public boolean callerIsInside() {
        RcuReader reader = currentOrNull();
        return reader == null ? virtualIsInside() : reader.isInside();
    }
}
