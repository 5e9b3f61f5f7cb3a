package org.jurcu.stress.litmus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The threads that run the processes of one race after the other. */
final class Crew implements AutoCloseable {
    private static final int MOST = 3;

    private final List<BlockingQueue<Runnable>> desks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Batch batch = new Batch();
    private final int processors;
    private final Duration patience;
    private long seed;
    private boolean hung;

    /**
     * Starts the threads.
     *
     * @param processors how many threads can run at the same time
     * @param patience how long a race may last beyond its time before its threads count as hung
     */
    Crew(int processors, Duration patience, long seed) {
        this.processors = processors;
        this.patience = patience;
        this.seed = seed;
        for (int i = 0; i < MOST; i++) {
            BlockingQueue<Runnable> desk = new LinkedBlockingQueue<>();
            Thread thread = new Thread(() -> work(desk), "litmus-P" + i);
            thread.setDaemon(true); // one that hangs must not keep the JVM
            thread.start();
            desks.add(desk);
            threads.add(thread);
        }
    }

    private static void work(BlockingQueue<Runnable> desk) {
        try {
            while (true) {
                desk.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // which is how it ends
        }
    }

    /** Returns whether there are fewer processors than processes. */
    boolean multiplexes(Program program) {
        return program.processes() > processors;
    }

    /**
     * Runs {@code program} for {@code nanos}, or until the outcome in question was seen {@code enough} times. After a run that hung
     * there must be no other.
     */
    Tally run(Program program, Domain domain, Domain srcu, long nanos, long enough) throws InterruptedException {
        long began = System.nanoTime();
        Race race = new Race(program, domain, srcu, batch, multiplexes(program), nanos, enough, nextSeed());
        List<Actor> actors = new ArrayList<>();
        for (int process = 0; process < program.processes(); process++) {
            actors.add(new Actor(race, process, nextSeed()));
        }
        for (int process = 0; process < actors.size(); process++) {
            desks.get(process).add(actors.get(process));
        }
        if (!race.awaitAll(nanos + patience.toNanos())) {
            hung = true;
            race.rendezvous().abandon();
            String why = race.failure() != null ? race.failure() : whoHangs(actors);
            return new Tally(0, 0, Map.of(), (System.nanoTime() - began) / 1e9, why);
        }
        return race.tally((System.nanoTime() - began) / 1e9);
    }

    private String whoHangs(List<Actor> actors) {
        List<String> where = new ArrayList<>();
        for (int process = 0; process < actors.size(); process++) {
            String line = actors.get(process).whereabouts();
            if (line != null) {
                where.add("P" + process + " at '" + line + "'");
            }
        }
        return "hung: after " + patience.toMillis() / 1e3 + " s more than it had, "
                + (where.isEmpty() ? "no process was at any line" : String.join(" and ", where));
    }

    boolean isHung() {
        return hung;
    }

    private long nextSeed() {
        seed += 0x9E3779B97F4A7C15L;
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        return z ^ (z >>> 27);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
