package org.jurcu.stress.litmus;

/** Counts how deep the thread is, where nobody else does. */
abstract class NestingSections implements Sections {
    private int depth;

    abstract void enter();

    abstract void exit();

    @Override
    public final void lock() {
        if (depth++ == 0) {
            enter();
        }
    }

    @Override
    public final void unlock() {
        if (--depth == 0) {
            exit();
        }
    }

    @Override
    public void close() {
        if (depth > 0) {
            depth = 0;
            exit();
        }
    }
}
