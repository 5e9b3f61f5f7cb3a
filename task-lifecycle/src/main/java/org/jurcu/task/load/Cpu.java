package org.jurcu.task.load;

/** A simulated CPU: what it runs, and until when it is busy with that. */
final class Cpu {
    final int id;
    long now;
    /** Null while it idles. */
    SimTask current;

    Cpu(int id) {
        this.id = id;
    }
}
