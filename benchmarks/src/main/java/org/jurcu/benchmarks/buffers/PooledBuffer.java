package org.jurcu.benchmarks.buffers;

import org.jurcu.rcu.RcuHead;
import org.jurcu.refcount.Refcount;

/** A piece of the pool's memory: its own head where RCU frees it, its own count where a count does. */
final class PooledBuffer implements RcuHead {
    final Refcount users = new Refcount(1);
    final int offset;
    private final BufferPool pool;

    PooledBuffer(BufferPool pool, int offset) {
        this.pool = pool;
        this.offset = offset;
    }

    @Override
    public void invoke() {
        pool.free(this);
    }
}
