package org.jurcu.stress.torture;

import java.util.function.IntFunction;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuStats;

/** One domain under torture, and how its readers and updaters reach it. */
class Subject implements AutoCloseable {
    private final RcuDomain domain;
    private final IntFunction<ReadSide> readers;
    private final boolean virtual;
    private final boolean mayDieInside;
    private final StallReports stalls;
    private UpdateSide updates;
    private boolean handsOver;

    Subject(
            RcuDomain domain,
            IntFunction<ReadSide> readers,
            boolean virtual,
            boolean mayDieInside,
            StallReports stalls) {
        this.domain = domain;
        this.readers = readers;
        this.virtual = virtual;
        this.mayDieInside = mayDieInside;
        this.stalls = stalls;
        updates = new UpdateSide(domain);
    }

    /** Has updaters go another way. */
    final Subject with(UpdateSide other) {
        updates = other;
        return this;
    }

    /** Has sections end on other threads than they began. */
    final Subject handingOver() {
        handsOver = true;
        return this;
    }

    final boolean handsOver() {
        return handsOver;
    }

    final String name() {
        return domain.name();
    }

    final RcuDomain domain() {
        return domain;
    }

    final UpdateSide updates() {
        return updates;
    }

    /** Makes the calling thread a reader. */
    ReadSide join(int reader) {
        return readers.apply(reader);
    }

    /** Whether readers are virtual threads, where there are some, or go the way of such. */
    final boolean virtual() {
        return virtual;
    }

    /** Whether the domain finds out that a reader died inside, and goes on. */
    final boolean mayDieInside() {
        return mayDieInside;
    }

    /** Whether readers send their mail behind their section, which is the fault of one busted flavour. */
    boolean sendsLate() {
        return false;
    }

    final StallReports stalls() {
        return stalls;
    }

    final RcuStats stats() {
        return domain.stats();
    }

    /** Lets go whoever this flavour holds up on purpose. */
    void release() {}

    @Override
    public void close() {
        domain.close();
    }
}
