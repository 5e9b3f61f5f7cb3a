package org.jurcu.stress.races;

import org.jurcu.task.SlotScene;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** The parts of the races about {@code rcu_users}: the same on each layout, which the scene decides. */
abstract class SlotRace extends Meeting {
    /** As long as it takes to find a task, or to queue a callback. */
    private static final int SHORT_PAUSES = 5;

    /** As long as all of it takes. */
    private static final int LONG_PAUSES = 12;

    private final SlotScene scene;

    SlotRace(SlotScene scene) {
        this.scene = scene;
    }

    // ---- W ----

    /** A task dies, another one dies behind it, and then the callbacks run. */
    final void release() {
        meet();
        pauseLong(SHORT_PAUSES);
        scene.unlink();
        scene.finalPut();
        scene.queueBehind();
        scene.gracePeriod();
    }

    /** A task dies and nobody dies behind it. */
    final void releaseLast() {
        meet();
        pauseLong(SHORT_PAUSES);
        scene.unlink();
        scene.finalPut();
        scene.gracePeriod();
    }

    /** As {@link #release}, and the memory goes to another task. */
    final void releaseAndServeAgain() {
        release();
        scene.serveAgain();
    }

    /** One of two who each take themselves for the last. Whoever is told so sees another task die behind it. */
    final String putOneOfTwo(boolean behind) {
        meet();
        String told = scene.putOrStray();
        if (behind && told.equals("last")) {
            scene.queueBehind();
        }
        return told;
    }

    // ---- A ----

    /** Finds the task in a section, is delayed, and then wants a user; returns whether it got one. */
    final boolean findAndIncNotZero() {
        meet();
        scene.readLock();
        boolean got = scene.find() && delayedIncNotZero();
        scene.readUnlock();
        return got;
    }

    private boolean delayedIncNotZero() {
        pauseLong(SHORT_PAUSES);
        return scene.incNotZero();
    }

    /** The same, and the reference is given back after the section, if it was given. */
    final void findIncNotZeroAndGiveBack() {
        if (findAndIncNotZero()) {
            scene.giveBack();
        }
    }

    /** Has kept a pointer from earlier, and wants a user with it, in no section, at some time until all is over. */
    final void incNotZeroWithoutSection() {
        meet();
        pauseLong(LONG_PAUSES);
        scene.incNotZero();
    }

    /** Finds the task in a section, is delayed, and then increments without a question. */
    final void findAndInc() {
        meet();
        scene.readLock();
        if (scene.find()) {
            pauseLong(SHORT_PAUSES);
            scene.inc();
        }
        scene.readUnlock();
    }

    // ---- the arbiter ----

    /** Which interleaving it was, what A was told, what became of the callbacks. */
    final void tell(LLL_Result r) {
        r.r3 = scene.end();
        r.r1 = scene.interleaving();
        r.r2 = scene.answer();
    }

    /** The same after plain increments: what A was warned of. One more task dies behind all. */
    final void tellReport(LLL_Result r) {
        scene.queueAnother();
        r.r3 = scene.end();
        r.r1 = scene.interleaving();
        r.r2 = scene.answer().equals("not found") ? "not found" : scene.report();
    }

    /** What became of the callbacks after two puts. */
    final void tellEnd(LLL_Result r) {
        r.r3 = scene.end();
    }
}
