package org.jurcu.stress.litmus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One thread's part of a race: it runs one process over all instances, group by group. */
final class Actor implements Runnable {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle AT;

    static {
        try {
            AT = MethodHandles.lookup().findVarHandle(Actor.class, "at", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int AMONG_OTHERS = -1;
    private static final int AT_CALLBACKS = -2;

    /** Longest pause behind a step, in pauses of a processor; one is drawn for each group. */
    private static final int[] PAUSES = {0, 2, 8, 32, 128};

    private static final int SHORT_PAUSE = 4;

    /** 16 MB, more than a core's own caches hold: a store to a random line of it takes long, and later ones wait behind it. */
    private static final long[] COLD = new long[1 << 21];

    private static final int STORES = 8;
    private static final int STRIDE = 65_537;

    private final Race race;
    private final int process;
    private final Step[] steps;
    private final Batch batch;
    private long random;
    private int longest;
    private Sections sections;
    private Sections srcuSections;

    /** Of the grace period that the program has asked for. */
    long cookie;

    @SuppressWarnings("unused") // through AT
    private int at = AMONG_OTHERS;

    Actor(Race race, int process, long seed) {
        this.race = race;
        this.process = process;
        steps = race.program().steps(process);
        batch = race.batch();
        random = seed | 1;
    }

    @Override
    public void run() {
        try (Sections own = wayInto(race.domain(), "lock");
                Sections ownSrcu = wayInto(race.srcu(), "srcu lock")) {
            sections = own;
            srcuSections = ownSrcu;
            runBatches();
        } catch (Rendezvous.Abandoned e) {
            // somebody else has said why
        } catch (Throwable e) { // whatever a domain may throw is a finding
            race.fail(process, whereabouts(), e);
        } finally {
            race.left();
        }
    }

    /** Returns null for a process that never goes in: it is no reader, and nobody waits for it. */
    private Sections wayInto(Domain domain, String lock) {
        return race.program().has(process, lock) ? domain.sections() : null;
    }

    private void runBatches() {
        Rendezvous rendezvous = race.rendezvous();
        rendezvous.meet(process);
        while (!race.isOver()) {
            int size = batch.groupSize();
            for (int first = 0; first < batch.instances(); first += size) {
                rendezvous.meet(process);
                runGroup(first, size);
            }
            if (race.program().calls(process)) {
                AT.setOpaque(this, AT_CALLBACKS);
                race.domain().barrier();
                AT.setOpaque(this, AMONG_OTHERS);
            }
            rendezvous.meet(process);
            if (process == 0) {
                race.count();
            }
            rendezvous.meet(process);
        }
    }

    private void runGroup(int first, int size) {
        long bits = draw();
        longest = batch.isTight() ? SHORT_PAUSE : PAUSES[(int) ((bits >>> 1) & 0xffff) % PAUSES.length];
        pause();
        if (batch.isTight()) {
            longest = 0;
        }
        if (batch.isTight() || (bits & 1) == 0) {
            leaveStoresInFlight((int) bits);
        }
        if (sections != null) {
            sections.begin();
        }
        for (int step = 0; step < steps.length; step++) {
            AT.setOpaque(this, step);
            steps[step].run(this, first, size);
            pause();
        }
        if (sections != null) {
            sections.end();
        }
        AT.setOpaque(this, AMONG_OTHERS);
    }

    Batch batch() {
        return batch;
    }

    Domain domain() {
        return race.domain();
    }

    Domain srcu() {
        return race.srcu();
    }

    Sections sections() {
        return sections;
    }

    Sections srcuSections() {
        return srcuSections;
    }

    /** Returns the line that this thread is at, or null if it waits for the others. */
    String whereabouts() {
        int step = (int) AT.getOpaque(this);
        return switch (step) {
            case AMONG_OTHERS -> null;
            case AT_CALLBACKS -> "the end, where its callbacks should run";
            default -> race.program().line(process, step);
        };
    }

    /** Returns where in a group to begin. */
    int drawStart() {
        return (int) draw() & 0xffff;
    }

    /** Returns how far it is from one instance to the next: odd, so that each comes up once. */
    int drawStride() {
        return ((int) draw() & 0xffff) | 1;
    }

    private long draw() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }

    /** Lasts for a random moment; now and then another thread gets this processor, which it may need. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void pause() {
        if (longest > 0 && (draw() & (race.isMultiplexed() ? 3 : 31)) == 0) {
            Thread.yield();
        }
        if (longest > 0) {
            for (int i = (int) (draw() & 0xffff) % longest; i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }

    /** The next stores of this thread wait behind these; the next loads do not. */
    private static void leaveStoresInFlight(int line) {
        for (int i = 0; i < STORES; i++) {
            ELEMENT.setOpaque(COLD, (line + i * STRIDE) & (COLD.length - 1), 1L);
        }
    }
}
