package org.jurcu.benchmarks.buffers;

import java.util.List;
import java.util.stream.IntStream;
import org.jurcu.rcu.RcuReference;

/**
 * Each buffer has a shared {@code Arena} of its own, which the updater closes. A reader that comes too late is told so by an
 * exception, and looks again. This one frees memory to the operating system's allocator, as the JDK offers no other way.
 */
final class ArenaBuffers implements BufferIndex {
    private final List<RcuReference<SharedSegment>> index = IntStream.range(0, KEYS)
            .mapToObj(key -> new RcuReference<>(take(key)))
            .toList();
    private long taken;
    private long freed;

    private SharedSegment take(int key) {
        taken++;
        return SharedSegment.allocate(WORDS, key + 1);
    }

    private void free(SharedSegment segment) {
        segment.free();
        freed++;
    }

    @Override
    public Reader reader() {
        return new ArenaReader();
    }

    @Override
    public void replace(int key) {
        free(index.get(key).getAndAssign(take(key)));
    }

    @Override
    public void close() {
        index.forEach(slot -> free(slot.getAndAssign(null)));
        if (taken != freed) {
            throw new IllegalStateException(taken + " buffers were taken, " + freed + " freed");
        }
    }

    private final class ArenaReader implements Reader {
        @Override
        public long sum(int key) {
            RcuReference<SharedSegment> slot = index.get(key);
            while (true) {
                SharedSegment segment = slot.dereference();
                long sum;
                try {
                    sum = segment.sum(WORDS);
                } catch (IllegalStateException closed) {
                    continue; // a replacement stands in the index, since it is put there before the arena is closed
                }
                return BufferIndex.checked(key, sum);
            }
        }

        @Override
        public void close() {}
    }
}
