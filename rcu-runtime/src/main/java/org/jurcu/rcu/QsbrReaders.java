package org.jurcu.rcu;

/** The readers of {@link Qsbr}: each announces the epoch of its last quiescent state. */
final class QsbrReaders extends EpochReaders<QsbrReader> {
    static { // loads every class that a registration uses, as in RcuReaders
        new QsbrReaders("sample").registerCurrent().close();
    }

    QsbrReaders(String domain) {
        super(domain, new QsbrReader[ReaderCache.PLACES]);
    }

    QsbrReader registerCurrent() {
        if (isClosed()) {
            throw Misuse.closed(domain());
        }
        QsbrReader reader = new QsbrReader(Thread.currentThread(), this, epoch);
        if (currentOrNull() != null) { // behind all that may load a class, and so run anything
            throw Misuse.registeredAlready(domain());
        }
        register(reader);
        bringOnline(reader);
        return reader;
    }

    /** Behind the registration: whoever is online is met by scans. */
    void bringOnline(QsbrReader reader) {
        try {
            reader.online();
        } catch (Throwable e) {
            reader.close(); // or nobody could, and the thread could not register again
            throw e;
        }
    }

    /** Whether a section is open is known in strict mode only. */
    @Override
    public boolean callerIsInside() {
        QsbrReader reader = currentOrNull();
        return reader != null && reader.nesting != 0;
    }

    @Override
    public boolean callerHoldsUp() {
        QsbrReader reader = currentOrNull();
        return reader != null && reader.isOnline();
    }

    @Override
    public boolean beforeWaiting() {
        QsbrReader reader = currentOrNull();
        return reader != null && reader.stepAside();
    }

    @Override
    public void afterWaiting() {
        QsbrReader reader = currentOrNull();
        if (reader != null) { // a logger that ran meanwhile may have closed it
            reader.online();
        }
    }

    @Override
    public String leftOpen() {
        return "left the thread online: it was taken offline. Close its reader, or go offline, in a finally block.";
    }
}
