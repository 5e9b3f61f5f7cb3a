package org.jurcu.benchmarks.toy;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A counter that updaters advance by 2. A reader inside announces an odd copy of it, one outside an even one. */
final class FreeRunningToy implements Toy {
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final PaddedWords counter = new PaddedWords();
    private final SpinLock updaters;
    private final Runnable again;

    FreeRunningToy(Runnable again) {
        this.again = again;
        updaters = new SpinLock(again);
    }

    @Override
    public ToyReader register() {
        Reader reader = new Reader();
        readers.add(reader);
        return reader;
    }

    @Override
    public void synchronize() {
        VarHandle.fullFence(); // A: what was unlinked before the looks at the words; matches B
        updaters.lock();
        try {
            long now = counter.loadVolatileFirst() + 2;
            counter.storeVolatileFirst(now);
            for (Reader reader : readers) {
                while (reader.keeps(now)) {
                    again.run();
                }
            }
        } finally {
            updaters.unlock();
        }
    }

    private final class Reader extends ToyReader {
        @Override
        public void lock() {
            storeOpaqueFirst(counter.loadOpaqueFirst() + 1);
            VarHandle.fullFence(); // B: announced before the first look; matches A
        }

        @Override
        public void unlock() {
            storeReleaseFirst(counter.loadOpaqueFirst()); // D: the last look before the end; matches C
        }

        boolean keeps(long now) {
            long announced = loadVolatileFirst(); // C: matches D
            return (announced & 1) != 0 && announced < now;
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}
