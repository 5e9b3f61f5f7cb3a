package org.jurcu.benchmarks.toy;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A lock for each reader. Readers do not meet each other; an updater meets them all, in or out of a section. */
final class PerThreadLockToy implements Toy {
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final Runnable again;

    PerThreadLockToy(Runnable again) {
        this.again = again;
    }

    @Override
    public ToyReader register() {
        Reader reader = new Reader(new SpinLock(again));
        readers.add(reader);
        VarHandle.fullFence(); // B: listed before the first look; matches A
        return reader;
    }

    @Override
    public void synchronize() {
        VarHandle.fullFence(); // A: what was unlinked before the look at the list; matches B
        for (Reader reader : readers) {
            reader.lock();
            reader.unlock();
        }
    }

    private final class Reader extends ToyReader {
        private final SpinLock lock;

        Reader(SpinLock lock) {
            this.lock = lock;
        }

        @Override
        public void lock() {
            lock.lock();
        }

        @Override
        public void unlock() {
            lock.unlock();
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}
