package org.jurcu.stress.races;

import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.QsbrReader;
import org.jurcu.rcu.RcuHead;

/**
 * The library's {@link Qsbr} behind the face that the frozen twins have.
 *
 * <p>A reading thread registers once, keeps its handle, and is offline but for the sections of a test's body.
 */
final class ShippedQsbr implements GraceDomain {
    final Qsbr qsbr = Qsbr.create("stress-qsbr");

    @SuppressWarnings("ThreadLocalUsage") // one a domain, and the domain lives as long as its class
    private final ThreadLocal<QsbrReader> reader = ThreadLocal.withInitial(() -> {
        QsbrReader fresh = qsbr.register();
        fresh.offline();
        return fresh;
    });

    ShippedQsbr() {
        qsbr.call(() -> {}); // the domain's own thread must not inherit the CPU of an actor
        qsbr.barrier();
    }

    QsbrReader reader() {
        return reader.get();
    }

    @Override
    public void readLock() {
        reader().online();
    }

    @Override
    public void readUnlock() {
        reader().offline();
    }

    @Override
    public void synchronize() {
        qsbr.synchronize();
    }

    @Override
    public void call(RcuHead head) {
        qsbr.call(head);
    }

    @Override
    public void barrier() {
        qsbr.barrier();
    }
}
