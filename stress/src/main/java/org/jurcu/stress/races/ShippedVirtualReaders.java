package org.jurcu.stress.races;

import org.jurcu.rcu.CountedReaders;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuHead;

/** The library's {@link Rcu} behind the face that the frozen twins have; its readers are counted, as virtual threads are. */
final class ShippedVirtualReaders implements CountingDomain {
    private final CountedReaders readers = new CountedReaders();
    private final Rcu rcu = readers.domain();

    ShippedVirtualReaders() {
        ShippedRcu.startReclaimer(rcu);
    }

    @Override
    public void readLock() {
        readers.readLock();
    }

    @Override
    public void readUnlock() {
        readers.readUnlock();
    }

    @Override
    public void synchronize() {
        rcu.synchronize();
    }

    @Override
    public void call(RcuHead head) {
        rcu.call(head);
    }

    @Override
    public void barrier() {
        rcu.barrier();
    }

    @Override
    public long open() {
        return readers.open();
    }
}
