package org.jurcu.benchmarks.toy;

/** One thread's way into the sections of a {@link Toy}. What it announces, it announces in its own words. */
public abstract class ToyReader extends PaddedWords implements AutoCloseable {
    ToyReader() {}

    /** Begins a section. Only {@link ToyKind#NESTABLE_FREE_RUNNING} and the counts may be nested. */
    public abstract void lock();

    /** Ends it. */
    public abstract void unlock();

    /** Says that the thread is in no section, where nothing else does: {@link ToyKind#QUIESCENT_STATES}. */
    public void quiescentState() {}

    /** Leaves: no grace period waits for this thread any more. */
    @Override
    public void close() {}
}
