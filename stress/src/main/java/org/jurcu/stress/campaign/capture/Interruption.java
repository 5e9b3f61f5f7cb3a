package org.jurcu.stress.campaign.capture;

import java.io.IOException;

/** What the JVM does if it is told to end while a capture runs, by Ctrl-C or by a signal. */
final class Interruption extends Thread {
    private final TraceInstance instance;
    private volatile Process process;

    Interruption(TraceInstance instance) {
        super("jurcu-capture-cleanup");
        this.instance = instance;
    }

    void watch(Process command) {
        process = command;
    }

    @Override
    public void run() {
        Process command = process;
        if (command != null) {
            command.descendants().forEach(ProcessHandle::destroy);
            command.destroy();
        } else { // it may have begun just now, and it alone is a child of this JVM
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        }
        try {
            instance.close();
        } catch (IOException e) {
            // Nobody is left to be told; the next capture removes it.
        }
    }

    /** The capture has come to its end by itself. */
    void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            // the JVM is on its way down, and run() does it
        }
    }
}
