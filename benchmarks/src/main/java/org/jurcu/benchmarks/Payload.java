package org.jurcu.benchmarks;

/** What the readers look at: one field behind one pointer. */
final class Payload {
    final long value;

    Payload(long value) {
        this.value = value;
    }
}
