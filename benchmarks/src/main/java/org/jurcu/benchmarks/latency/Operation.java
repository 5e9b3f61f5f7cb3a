package org.jurcu.benchmarks.latency;

/** What is begun again and again; it may end elsewhere and later. */
interface Operation {
    /** Begins one that was due at that time. */
    void begin(long due);
}
