package org.jurcu.benchmarks.toy;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two counts for each reader. The index says which one new sections take; an updater flips it, and waits for the other. */
final class PerThreadCountsToy implements Toy {
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final PaddedWords index = new PaddedWords();
    private final SpinLock updaters;
    private final Runnable again;

    PerThreadCountsToy(Runnable again) {
        this.again = again;
        updaters = new SpinLock(again);
    }

    @Override
    public Reader register() {
        Reader reader = new Reader();
        readers.add(reader);
        return reader;
    }

    @Override
    public void synchronize() {
        VarHandle.fullFence(); // A: what was unlinked before the looks at the counts; matches B
        updaters.lock();
        try {
            flipAndWait();
            flipAndWait(); // for who took the index before the flip of an earlier period, and counted after it
        } finally {
            updaters.unlock();
        }
    }

    private void flipAndWait() {
        long old = index.loadVolatileFirst();
        index.storeVolatileFirst(1 - old);
        for (Reader reader : readers) {
            while (reader.loadVolatile(old) != 0) { // C: matches D
                again.run();
            }
        }
    }

    final class Reader extends ToyReader {
        private static final long DEPTH = 2;

        @Override
        public void lock() {
            if (ownWord >= DEPTH) {
                ownWord += DEPTH;
            } else {
                enter(pick());
            }
        }

        /** The first half of a section's beginning: which count. */
        long pick() {
            return index.loadOpaqueFirst();
        }

        /** The second half: counted in. */
        void enter(long which) {
            ownWord = DEPTH + which; // the depth, and in its lowest bit the count that the outermost section took
            addOpaque(which, 1);
            VarHandle.fullFence(); // B: counted in before the first look; matches A
        }

        @Override
        public void unlock() {
            ownWord -= DEPTH;
            if (ownWord < DEPTH) {
                addRelease(ownWord, -1); // D: the last look before counted out; matches C
            }
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}
