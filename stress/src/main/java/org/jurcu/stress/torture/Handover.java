package org.jurcu.stress.torture;

/** A section on its way to the thread that ends it; one a reader, used again when it has arrived. */
final class Handover {
    /** Written by the reader before the queue, and read behind it. */
    Element element;

    long life;
    int token;

    private volatile boolean underWay;

    boolean isUnderWay() {
        return underWay;
    }

    void depart() {
        underWay = true;
    }

    void arrive() {
        underWay = false;
    }
}
