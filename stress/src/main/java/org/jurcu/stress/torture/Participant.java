package org.jurcu.stress.torture;

/** An actor that stops at the gate when it is closed, with nothing begun. */
abstract class Participant extends Actor {
    Participant(Torture torture, String role) {
        super(torture, role, false);
        torture.gate().join();
    }

    /** Does one thing. */
    abstract void turn() throws InterruptedException;

    /** Finishes what was begun; before each stop at the gate. */
    void finish() throws InterruptedException {}

    @Override
    final void run() throws InterruptedException {
        Gate gate = torture().gate();
        try {
            while (!gate.isOver()) {
                if (gate.isPaused()) {
                    finish();
                    gate.await();
                } else {
                    turn();
                }
                step();
            }
        } finally {
            gate.leave();
            end();
        }
    }

    /** Behind the last turn. */
    void end() {}
}
