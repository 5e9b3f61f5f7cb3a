package org.jurcu.stress.torture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuHead;

/**
 * What readers find and updaters replace. Its age is 0 while it is published, 1 from its unlinking on, and one more after each grace period; at
 * {@link #END} it is free for its next life.
 *
 * <p>Ages, lives and mail are accessed in opaque or plain mode: all order is that of the grace periods, which is what is under test.
 */
final class Element implements RcuHead {
    static final int END = 10;
    static final long FREE = 0;

    private static final int STRIDE = 16; // readers do not share a cache line
    private static final VarHandle LIFE;
    private static final VarHandle AGE;
    private static final VarHandle QUEUED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LIFE = lookup.findVarHandle(Element.class, "life", long.class);
            AGE = lookup.findVarHandle(Element.class, "age", int.class);
            QUEUED = lookup.findVarHandle(Element.class, "queued", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Pipeline home;
    private final int number;
    private final long[] mail;

    @SuppressWarnings("UnusedVariable") // read and written through LIFE
    private long life = FREE;

    @SuppressWarnings("UnusedVariable") // read and written through AGE
    private int age = END;

    @SuppressWarnings("UnusedVariable") // read and written through QUEUED
    private boolean queued;

    /** For the report alone. */
    private volatile Update firstAgedBy = Update.SYNCHRONIZE;

    /** The updater's own, of an element whose grace period it polls for. */
    long cookie;

    /** The updater's own, likewise. */
    Update way = Update.SYNCHRONIZE;

    Element(Pipeline home, int number, int readers) {
        this.home = home;
        this.number = number;
        mail = new long[(readers + 2) * STRIDE];
    }

    long life() {
        return (long) LIFE.getOpaque(this);
    }

    int age() {
        return (int) AGE.getOpaque(this);
    }

    Update firstAgedBy() {
        return firstAgedBy;
    }

    /** A plain store by a reader, inside its section. */
    void send(int reader, long stamp) {
        mail[(reader + 1) * STRIDE] = stamp;
    }

    void begin(long newLife) {
        AGE.setOpaque(this, 0);
        LIFE.setOpaque(this, newLife);
    }

    void unlinked() {
        AGE.setOpaque(this, 1);
    }

    /** A grace period has passed; the first one takes the mail away, as no reader is left who could send any. */
    void older(Update how) {
        int next = age() + 1;
        if (next == 2) {
            firstAgedBy = how;
            for (int i = STRIDE; i < mail.length; i += STRIDE) {
                mail[i] = 0;
            }
        }
        AGE.setOpaque(this, next);
    }

    void end() {
        LIFE.setOpaque(this, FREE);
    }

    /** Returns the reader whose mail lies here, or -1. */
    int sender() {
        for (int i = STRIDE; i < mail.length; i += STRIDE) {
            if (mail[i] != 0) {
                mail[i] = 0;
                return i / STRIDE - 1;
            }
        }
        return -1;
    }

    /** Returns whether it was not marked as queued before. */
    boolean markQueued() {
        return !(boolean) QUEUED.getAndSet(this, true);
    }

    /** Returns whether it was marked as queued. */
    boolean unmarkQueued() {
        return (boolean) QUEUED.getAndSet(this, false);
    }

    @Override
    public void invoke() {
        home.calledBack(this);
    }

    @Override
    public String toString() {
        return "element " + number + " of pipeline " + home.number();
    }
}
