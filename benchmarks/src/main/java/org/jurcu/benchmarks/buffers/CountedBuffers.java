package org.jurcu.benchmarks.buffers;

import java.util.List;
import java.util.stream.IntStream;
import org.jurcu.rcu.RcuReference;

/** Each buffer counts its users: the index is one, each reader another. The last one frees it. */
final class CountedBuffers implements BufferIndex {
    final BufferPool pool = new BufferPool();
    private final List<RcuReference<PooledBuffer>> index = IntStream.range(0, KEYS)
            .mapToObj(key -> new RcuReference<>(take(key)))
            .toList();

    /** A reader may still have it from its life before: the count is raised last, and with release. */
    private PooledBuffer take(int key) {
        PooledBuffer buffer = pool.take(key);
        buffer.users.setRelease(1);
        return buffer;
    }

    @Override
    public Reader reader() {
        return new CountingReader();
    }

    @Override
    public void replace(int key) {
        put(index.get(key).getAndAssign(take(key)));
    }

    /** Finds the key's buffer, and becomes one of its users. */
    PooledBuffer get(int key) {
        RcuReference<PooledBuffer> slot = index.get(key);
        while (true) {
            PooledBuffer buffer = slot.dereference();
            if (buffer.users.incNotZeroAcquire()) {
                if (slot.dereference() == buffer) {
                    return buffer;
                }
                put(buffer); // it has gone elsewhere since
            }
        }
    }

    void put(PooledBuffer buffer) {
        if (buffer.users.decAndTest()) {
            pool.free(buffer);
        }
    }

    @Override
    public void close() {
        index.forEach(slot -> put(slot.getAndAssign(null)));
        pool.checkAllFree();
    }

    private final class CountingReader implements Reader {
        @Override
        public long sum(int key) {
            PooledBuffer buffer = get(key);
            try {
                return BufferIndex.checked(key, pool.sum(buffer));
            } finally {
                put(buffer);
            }
        }

        @Override
        public void close() {}
    }
}
