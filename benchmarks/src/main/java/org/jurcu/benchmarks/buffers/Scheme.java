package org.jurcu.benchmarks.buffers;

import org.jurcu.benchmarks.SkippedException;

/** How it is known that nobody reads a buffer any more. */
public enum Scheme {
    /** Sections, and a callback behind the grace period. */
    RCU,
    /** A {@code Refcount} in each buffer. */
    COUNT,
    /** A shared {@code Arena} for each buffer, closed by the updater. JDK 22 and later. */
    ARENA;

    BufferIndex create() {
        return switch (this) {
            case RCU -> new RcuBuffers();
            case COUNT -> new CountedBuffers();
            case ARENA -> {
                SkippedException.unlessJdk(22, "A shared Arena for each buffer");
                yield new ArenaBuffers();
            }
        };
    }
}
