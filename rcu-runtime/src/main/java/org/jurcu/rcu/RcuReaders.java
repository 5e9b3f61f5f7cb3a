package org.jurcu.rcu;

/** The readers of {@link Rcu}: each announces the epoch in which its outermost section began. */
final class RcuReaders extends EpochReaders<RcuReader> {
    RcuReaders(String domain) {
        super(domain);
    }

    RcuReader currentOrRegister() {
        RcuReader reader = currentOrNull();
        return reader == null ? registerCurrent() : reader;
    }

    private RcuReader registerCurrent() {
        if (isClosed()) {
            throw Misuse.closed(domain());
        }
        RcuReader reader = new RcuReader(Thread.currentThread(), this, epoch);
        register(reader);
        return reader;
    }

    @Override
    public boolean callerIsInside() {
        RcuReader reader = currentOrNull();
        return reader != null && reader.isInside();
    }
}
