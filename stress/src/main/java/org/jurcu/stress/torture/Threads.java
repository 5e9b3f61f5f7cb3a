package org.jurcu.stress.torture;

import java.lang.reflect.Method;

/** Starts threads of either kind, for a class file that must also load on Java 17. */
final class Threads {
    private static final int MOST_FRAMES = 7;
    private static final Method OF_VIRTUAL = find();

    private Threads() {}

    private static Method find() {
        try {
            return Thread.class.getMethod("ofVirtual");
        } catch (NoSuchMethodException e) {
            return null; // before Java 21 there are none
        }
    }

    static boolean areVirtualHere() {
        return OF_VIRTUAL != null;
    }

    /** Returns a daemon thread that is not started: a virtual one where they are wanted and exist. */
    static Thread of(String name, boolean virtual, Runnable body) {
        if (virtual && areVirtualHere()) {
            try {
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Object named = builder.getMethod("name", String.class).invoke(OF_VIRTUAL.invoke(null), name);
                return (Thread) builder.getMethod("unstarted", Runnable.class).invoke(named, body);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("Thread.ofVirtual() is not what it was", e);
            }
        }
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for its end for at most so long, and returns whether it has ended; an interrupt ends the waiting. */
    static boolean ended(Thread thread, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (thread.isAlive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            thread.join(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    /** Returns the thread's name, its state and where it is, in one line: the innermost frame, and those outside of the JDK. */
    static String describe(Thread thread) {
        StringBuilder text = new StringBuilder("\"" + thread.getName() + "\" " + thread.getState());
        StackTraceElement[] trace = thread.getStackTrace();
        int frames = 0;
        for (int i = 0; i < trace.length && frames < MOST_FRAMES; i++) {
            String className = trace[i].getClassName();
            if (i == 0 || (!className.startsWith("java.") && !className.startsWith("jdk."))) {
                text.append(frames++ == 0 ? " at " : " < ")
                        .append(className)
                        .append('.')
                        .append(trace[i].getMethodName())
                        .append(':')
                        .append(trace[i].getLineNumber());
            }
        }
        return text.toString();
    }
}
