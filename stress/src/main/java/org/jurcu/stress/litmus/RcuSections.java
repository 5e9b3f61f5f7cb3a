package org.jurcu.stress.litmus;

import org.jurcu.rcu.CountedReaders;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;

/** The ways into an {@link Rcu}; it counts the nesting itself. */
abstract class RcuSections implements Sections {
    private int open;

    abstract void enter();

    abstract void exit();

    @Override
    public final void lock() {
        enter();
        open++;
    }

    @Override
    public final void unlock() {
        open--;
        exit();
    }

    @Override
    public void close() {
        while (open > 0) {
            unlock();
        }
    }

    /** The domain finds the thread by look-up. */
    static Sections byLookup(Rcu rcu) {
        return new RcuSections() {
            @Override
            void enter() {
                rcu.readLock();
            }

            @Override
            void exit() {
                rcu.readUnlock();
            }
        };
    }

    /** The thread keeps its handle. */
    static Sections byHandle(Rcu rcu) {
        RcuReader reader = rcu.register();
        return new RcuSections() {
            @Override
            void enter() {
                reader.lock();
            }

            @Override
            void exit() {
                reader.unlock();
            }

            @Override
            public void close() {
                super.close();
                reader.close();
            }
        };
    }

    /** The thread is counted, as a virtual one is. */
    static Sections counted(CountedReaders readers) {
        return new RcuSections() {
            @Override
            void enter() {
                readers.readLock();
            }

            @Override
            void exit() {
                readers.readUnlock();
            }
        };
    }
}
