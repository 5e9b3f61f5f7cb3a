package org.jurcu.benchmarks.toy;

import java.lang.invoke.VarHandle;

/** One count of all open sections. Readers who overlap without end starve the updater. */
final class CountToy implements Toy {
    private final PaddedWords sections = new PaddedWords();
    private final Runnable again;

    CountToy(Runnable again) {
        this.again = again;
    }

    @Override
    public ToyReader register() {
        return new Reader();
    }

    @Override
    public void synchronize() {
        VarHandle.fullFence(); // A: what was unlinked before the look at the count; matches B
        while (sections.loadVolatileFirst() != 0) { // C: matches D
            again.run();
        }
    }

    private final class Reader extends ToyReader {
        @Override
        public void lock() {
            sections.getAndAddFirst(1);
            VarHandle.fullFence(); // B: counted before the first look; matches A
        }

        @Override
        public void unlock() {
            sections.getAndAddFirst(-1); // D: the last look before counted out; matches C
        }
    }
}
