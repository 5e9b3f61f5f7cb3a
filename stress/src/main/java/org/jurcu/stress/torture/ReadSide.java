package org.jurcu.stress.torture;

/** How one thread reads; made by the thread itself. The methods of the loop allocate nothing. */
abstract class ReadSide implements AutoCloseable {
    /** Begins a section, or goes one deeper; returns what {@link #exit} needs. */
    abstract int enter();

    abstract void exit(int token);

    /** New protection is taken before the old one is dropped; returns the token of the new one. */
    int swap(int token) {
        int next = enter();
        exit(token);
        return next;
    }

    /**
     * Whether what was found under the old protection is safe under the new one: nested sections of one thread are one section. Those of Srcu
     * are not; a grace period that began between the two waits for the first alone.
     */
    boolean swapKeepsWhatWasFound() {
        return true;
    }

    /** Between two sections, where nothing is held. */
    void rest(Choices choices) {}

    /** The thread ends without a word, outside of sections. */
    void abandon() {}

    /** The thread ends inside a section. */
    void die() {
        enter();
    }

    /** Ends what {@link #enter} needed. */
    @Override
    public void close() {}
}
