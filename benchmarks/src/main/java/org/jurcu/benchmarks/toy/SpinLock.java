package org.jurcu.benchmarks.toy;

/** A lock of one word, as the book's toys have it: no queue, no owner, not reentrant. */
final class SpinLock {
    private final PaddedWords word = new PaddedWords();
    private final Runnable again;

    SpinLock(Runnable again) {
        this.again = again;
    }

    void lock() {
        while (!word.casFirst(0, 1)) {
            again.run();
        }
    }

    void unlock() {
        word.storeReleaseFirst(0);
    }
}
