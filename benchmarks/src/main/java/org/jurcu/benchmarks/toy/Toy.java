package org.jurcu.benchmarks.toy;

/** An RCU that fits on a page. Not for use: each lacks something that a library must have. */
public interface Toy {
    /** Returns a handle for the calling thread. */
    ToyReader register();

    /** Waits until every section that is open has ended. The caller is in none. */
    void synchronize();
}
