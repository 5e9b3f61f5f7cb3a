package org.jurcu.benchmarks.toy;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registered reader counts as inside for good; it copies the counter whenever it holds nothing. */
final class QuiescentStatesToy implements Toy {
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final PaddedWords counter = new PaddedWords();
    private final SpinLock updaters;
    private final Runnable again;

    QuiescentStatesToy(Runnable again) {
        this.again = again;
        updaters = new SpinLock(again);
    }

    @Override
    public ToyReader register() {
        Reader reader = new Reader();
        readers.add(reader);
        reader.quiescentState();
        VarHandle.fullFence(); // B: listed before the first look; matches A
        return reader;
    }

    /** Its caller is no registered reader: it would wait for itself. */
    @Override
    public void synchronize() {
        VarHandle.fullFence(); // A: what was unlinked before the look at the list; matches B
        updaters.lock();
        try {
            long now = counter.loadVolatileFirst() + 1;
            counter.storeVolatileFirst(now); // F: what was unlinked before the new counter; matches E
            for (Reader reader : readers) {
                while (reader.loadVolatileFirst() < now) { // C: matches D
                    again.run();
                }
            }
        } finally {
            updaters.unlock();
        }
    }

    private final class Reader extends ToyReader {
        @Override
        public void lock() {}

        @Override
        public void unlock() {}

        @Override
        public void quiescentState() {
            // E: what the counter stands for before the next look; matches F. D: the last look before the copy; matches
            // C
            storeReleaseFirst(counter.loadVolatileFirst());
        }

        @Override
        public void close() {
            storeReleaseFirst(Long.MAX_VALUE);
            readers.remove(this);
        }
    }
}
