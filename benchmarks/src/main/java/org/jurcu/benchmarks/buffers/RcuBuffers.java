package org.jurcu.benchmarks.buffers;

import java.util.List;
import java.util.stream.IntStream;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;
import org.jurcu.rcu.RcuReference;

/** A buffer is freed by a callback, after the sections in which it may have been found. */
final class RcuBuffers implements BufferIndex {
    final Rcu rcu = Rcu.create("buffers");
    final BufferPool pool = new BufferPool();
    private final List<RcuReference<PooledBuffer>> index = IntStream.range(0, KEYS)
            .mapToObj(key -> new RcuReference<>(pool.take(key)))
            .toList();

    @Override
    public Reader reader() {
        return new RcuBufferReader(rcu.register());
    }

    @Override
    public void replace(int key) {
        PooledBuffer old = index.get(key).getAndAssign(pool.take(key));
        rcu.call(old);
    }

    @Override
    public void close() {
        index.forEach(slot -> rcu.call(slot.getAndAssign(null)));
        rcu.barrier();
        rcu.close();
        pool.checkAllFree();
    }

    private final class RcuBufferReader implements Reader {
        private final RcuReader reader;

        RcuBufferReader(RcuReader reader) {
            this.reader = reader;
        }

        @Override
        public long sum(int key) {
            reader.lock();
            try {
                return BufferIndex.checked(key, pool.sum(index.get(key).dereference()));
            } finally {
                reader.unlock();
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
