package org.jurcu.stress.races;

import org.jurcu.rcu.RcuHead;
import org.jurcu.rcu.Srcu;

/** {@link Srcu} behind the face that the frozen twins have; for one reading thread at a time. */
final class ShippedSrcu implements GraceDomain {
    private final Srcu srcu = Srcu.create("stress");
    private int token;

    ShippedSrcu() {
        ShippedRcu.startReclaimer(srcu);
    }

    @Override
    public void readLock() {
        token = srcu.readLock();
    }

    @Override
    public void readUnlock() {
        srcu.readUnlock(token);
    }

    @Override
    public void synchronize() {
        srcu.synchronize();
    }

    @Override
    public void call(RcuHead head) {
        srcu.call(head);
    }

    @Override
    public void barrier() {
        srcu.barrier();
    }
}
