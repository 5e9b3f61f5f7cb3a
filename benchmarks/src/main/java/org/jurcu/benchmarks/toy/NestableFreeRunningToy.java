package org.jurcu.benchmarks.toy;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As {@link FreeRunningToy}, with the depth of nesting in the low bits of what a reader announces: 0 is outside. */
final class NestableFreeRunningToy implements Toy {
    private static final long PERIOD = 1 << 16;
    private static final long DEPTH = PERIOD - 1;

    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final PaddedWords counter = new PaddedWords();
    private final SpinLock updaters;
    private final Runnable again;

    NestableFreeRunningToy(Runnable again) {
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
            long now = counter.loadVolatileFirst() + PERIOD;
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
            long mine = loadOpaqueFirst();
            storeOpaqueFirst(((mine & DEPTH) == 0 ? counter.loadOpaqueFirst() : mine) + 1);
            VarHandle.fullFence(); // B: announced before the first look; matches A
        }

        @Override
        public void unlock() {
            storeReleaseFirst(loadOpaqueFirst() - 1); // D: the last look before the end; matches C
        }

        boolean keeps(long now) {
            long announced = loadVolatileFirst(); // C: matches D
            return (announced & DEPTH) != 0 && announced < now;
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}
