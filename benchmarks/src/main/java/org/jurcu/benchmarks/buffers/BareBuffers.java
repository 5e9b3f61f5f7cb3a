package org.jurcu.benchmarks.buffers;

import java.util.List;
import java.util.stream.IntStream;
import org.jurcu.rcu.RcuReference;

/** The floor: a buffer is freed at once, whoever reads it. What a reader sees may be wrong, and is not looked at. */
final class BareBuffers implements BufferIndex {
    final BufferPool pool = new BufferPool();
    private final List<RcuReference<PooledBuffer>> index = IntStream.range(0, KEYS)
            .mapToObj(key -> new RcuReference<>(pool.take(key)))
            .toList();

    @Override
    public Reader reader() {
        return new BareReader();
    }

    @Override
    public void replace(int key) {
        pool.free(index.get(key).getAndAssign(pool.take(key)));
    }

    @Override
    public void close() {
        index.forEach(slot -> pool.free(slot.getAndAssign(null)));
        pool.checkAllFree();
    }

    private final class BareReader implements Reader {
        @Override
        public long sum(int key) {
            return pool.sum(index.get(key).dereference());
        }

        @Override
        public void close() {}
    }
}
