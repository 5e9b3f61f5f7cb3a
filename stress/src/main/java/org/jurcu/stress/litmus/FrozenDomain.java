package org.jurcu.stress.litmus;

import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;
import org.jurcu.stress.races.GraceDomain;

/** A frozen copy of the algorithm with one order taken away; for one reading and one updating thread. */
record FrozenDomain(GraceDomain frozen) implements Domain {
    @Override
    public Sections sections() {
        return new NestingSections() {
            @Override
            void enter() {
                frozen.readLock();
            }

            @Override
            void exit() {
                frozen.readUnlock();
            }
        };
    }

    @Override
    public void synchronize() {
        frozen.synchronize();
    }

    @Override
    public void call(RcuHead head) {
        frozen.call(head);
    }

    @Override
    public void barrier() {
        frozen.barrier();
    }

    @Override
    public RcuDomain shipped() {
        throw new UnsupportedOperationException("a frozen domain can synchronize and call, and nothing else");
    }

    @Override
    public void close() {}
}
