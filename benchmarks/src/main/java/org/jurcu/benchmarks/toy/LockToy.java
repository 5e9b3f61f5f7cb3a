package org.jurcu.benchmarks.toy;

/** One lock for all. Readers exclude each other; a section within a section is a deadlock. */
final class LockToy implements Toy {
    private final SpinLock lock;

    LockToy(Runnable again) {
        lock = new SpinLock(again);
    }

    @Override
    public ToyReader register() {
        return new Reader();
    }

    @Override
    public void synchronize() {
        lock.lock();
        lock.unlock();
    }

    private final class Reader extends ToyReader {
        @Override
        public void lock() {
            lock.lock();
        }

        @Override
        public void unlock() {
            lock.unlock();
        }
    }
}
