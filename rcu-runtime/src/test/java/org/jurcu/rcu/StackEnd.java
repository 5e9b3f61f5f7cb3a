package org.jurcu.rcu;

/** Runs an action in the last frames of a thread's stack: first in the last one, then in the one before, and so on. */
final class StackEnd {
    private static final long STACK_SIZE = 256 * 1024;

    private final int frames;
    private final TestThread.Action action;
    private int runs;
    private int overflows;
    private Throwable failure;

    StackEnd(int frames, TestThread.Action action) {
        this.frames = frames;
        this.action = action;
    }

    void run() throws InterruptedException {
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        sink();
                    } catch (Throwable e) {
                        failure = e;
                    }
                },
                "test",
                STACK_SIZE);
        thread.start();
        thread.join();
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void sink() {
        try {
            sink();
        } catch (StackOverflowError end) {
            // this is the last frame
        }
        if (runs < frames) {
            runs++;
            act();
        }
    }

    private void act() {
        try {
            action.run();
        } catch (StackOverflowError expected) {
            overflows++;
        } catch (Exception e) {
            failure = e;
        }
    }

    int overflows() {
        return overflows;
    }
}
