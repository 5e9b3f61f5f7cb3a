package org.jurcu.rcu;

import java.lang.ref.WeakReference;
import org.jurcu.fence.AsymmetricFence;

/** A reader that announces epochs: its owner's side of the handshake with the leader. */
abstract sealed class EpochReader extends ReaderRecord permits RcuReader, QsbrReader {
    static final WeakReference<Thread> NOBODY = new WeakReference<>(null);

    final String domain;
    final Epoch epoch;

    /**
     * What is announced outside of every section, a number that updaters do not wait for: of an {@link RcuReader} the negated
     * {@link ThreadIds#of} its owner, of a {@link QsbrReader} 0.
     */
    final long outside;

    /** {@link #NOBODY} once the reader is unregistered: from then on no scan meets it. Written by the owner. */
    WeakReference<Thread> owner;

    EpochReader(Thread thread, String domain, Epoch epoch, long outside) {
        super(thread);
        this.domain = domain;
        this.epoch = epoch;
        this.outside = outside;
        announced = outside;
        owner = ownerReference();
    }

    /** Announces the present epoch, ahead of what the owner reads from here on. */
    final void announce() {
        if (StrictMode.ON) {
            noteSectionEntry(); // first: a holdout's entry is then its own
        }
        try {
            long now = epoch.loadVolatile(); // R1
            if (AsymmetricFence.isAsymmetric() && now == Epoch.CLOSED) {
                throw Misuse.closed(domain);
            }
            if (AsymmetricFence.isAsymmetric()) {
                storeReleaseAnnounced(now); // R2
                AsymmetricFence.light(); // A: announcement before section; matches C
            } else {
                storeVolatileAnnounced(now); // R2 A: announcement before R3, and so before the section; matches C
                // R3: orders the section after every unlinking for which R2 came too late. Its value must be used: a
                // compiler may drop a load whose value nobody wants, and what remains need not order the store before.
                if (epoch.loadVolatile() == Epoch.CLOSED) {
                    throw Misuse.closed(domain);
                }
            }
            if (listing != LISTED) { // R3a, behind A: the leader may have struck the reader off; matches C
                listAnew();
            }
        } catch (Throwable e) { // the end of the stack too: whoever is thrown out must not be left inside
            announced = outside; // by no method: there may be no stack for one
            sectionEntry = null;
            throw e;
        }
    }

    /** R0 once more, and again from R1. */
    private void listAnew() {
        storeReleaseAnnounced(outside);
        if (!wake()) {
            throw Misuse.closedReader(domain);
        }
        announce();
    }

    /** Has the reader listed anew, and returns false if it is registered no more. */
    abstract boolean wake();

    /** Ends whatever the owner has left open, and returns whether there was anything. Called by the owner. */
    abstract boolean leaveCompletely();

    final void checkOwner() {
        WeakReference<Thread> present = owner; // null to a thread that found this reader by a data race
        if (present == null || !present.refersTo(Thread.currentThread())) {
            throw refused();
        }
    }

    final IllegalStateException refused() {
        return isClosed() ? Misuse.closedReader(domain) : Misuse.foreignThread(domain, ownerName());
    }

    final boolean isClosed() {
        return owner == NOBODY;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[domain=" + domain + ", thread=" + ownerName() + "]";
    }
}
