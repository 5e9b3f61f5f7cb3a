package org.jurcu.rcu;

/**
 * Counts the threads that are inside although they unlocked each lock in a finally block, at the end of their stack. It wants
 * a JVM that only interprets: compiled code needs no stack for what it inlines, and hides what is looked for.
 */
final class LastFramesProgram {
    private static final int DEPTHS = 200;
    private static final int THREADS = 10;
    private static final long STACK_SIZE = 256 * 1024;

    private final Rcu rcu = Rcu.create("last-frames");
    private RcuReader reader;
    private int depth;
    private int sections;

    private LastFramesProgram() {}

    public static void main(String[] args) throws Exception {
        int handle = 0;
        int implicit = 0;
        int sections = 0;
        for (int i = 0; i < THREADS; i++) {
            LastFramesProgram one = new LastFramesProgram();
            handle += one.leftInside(one::handleToTheEnd);
            sections += one.sections;
            LastFramesProgram two = new LastFramesProgram();
            implicit += two.leftInside(two::implicitToTheEnd);
            sections += two.sections;
        }
        System.out.println((sections > THREADS) + " " + handle + " " + implicit);
    }

    private int leftInside(Runnable toTheEnd) throws InterruptedException {
        int[] inside = new int[1];
        Thread thread = new Thread(
                null,
                () -> {
                    reader = rcu.register();
                    toTheEnd.run();
                    inside[0] = rcu.readLockHeld() ? 1 : 0;
                },
                "last-frames",
                STACK_SIZE);
        thread.start();
        thread.join();
        return inside[0];
    }

    /** To the end of the stack, and on the way back a section in each of the last frames. */
    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void handleToTheEnd() {
        try {
            handleToTheEnd();
        } catch (StackOverflowError end) {
            // the last frame
        }
        if (depth++ < DEPTHS) {
            try {
                reader.lock();
                try {
                    sections++;
                } finally {
                    reader.unlock();
                }
            } catch (StackOverflowError expected) {
                // in the lock, that is
            }
        }
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void implicitToTheEnd() {
        try {
            implicitToTheEnd();
        } catch (StackOverflowError end) {
            // the last frame
        }
        if (depth++ < DEPTHS) {
            try {
                rcu.readLock();
                try {
                    sections++;
                } finally {
                    rcu.readUnlock();
                }
            } catch (StackOverflowError expected) {
                // in the lock, that is
            }
        }
    }
}
