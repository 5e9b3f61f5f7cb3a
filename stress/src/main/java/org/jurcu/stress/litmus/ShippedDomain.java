package org.jurcu.stress.litmus;

import java.util.function.Supplier;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;

/**
 * A domain of the library.
 *
 * @param shipped the domain
 * @param readers make a way in for the thread that asks
 */
record ShippedDomain(RcuDomain shipped, Supplier<Sections> readers) implements Domain {
    @Override
    public Sections sections() {
        return readers.get();
    }

    @Override
    public void synchronize() {
        shipped.synchronize();
    }

    @Override
    public void call(RcuHead head) {
        shipped.call(head);
    }

    @Override
    public void barrier() {
        shipped.barrier();
    }

    @Override
    public void close() {
        shipped.close();
    }
}
