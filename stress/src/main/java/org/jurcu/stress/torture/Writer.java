package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jurcu.rcu.RcuDomain;

/** An updater: replaces elements, has grace periods elapse in every way that there is, and sends what was replaced through the ages. */
final class Writer extends Participant {
    private static final Update[] WAYS = Update.values();
    private static final Duration SHORT = Duration.ofNanos(50_000);
    private static final int MOST_SPINS = 200;

    private final Pipeline pipeline;
    private final UpdateSide updates;
    private final Evidence evidence;
    private final Choices choices;
    private final List<Element> waited = new ArrayList<>();
    private final List<Element> polled = new ArrayList<>();
    private final Map<Update, Long> ways = new EnumMap<>(Update.class); // from the start with all keys: others look
    private long starved;

    Writer(Torture torture, Pipeline pipeline, Choices choices) {
        super(torture, "writer-" + pipeline.number());
        this.pipeline = pipeline;
        this.choices = choices;
        updates = torture.subject().updates();
        evidence = torture.evidence();
        for (Update way : WAYS) {
            ways.put(way, 0L);
        }
    }

    /** How often it went each way; exact when the thread has ended. */
    Map<Update, Long> ways() {
        return new EnumMap<>(ways);
    }

    /** How often there was no free element. */
    long starved() {
        return starved;
    }

    /** A writer that finds no free element has not got on. */
    @Override
    long steps() {
        return pipeline.version();
    }

    @Override
    void turn() {
        poll();
        Element next = pipeline.allocate();
        if (next == null) {
            starved++;
            Pauses.letOthers();
            return;
        }
        Update way = WAYS[choices.below(WAYS.length)];
        retire(pipeline.publish(next), way);
        ways.merge(way, 1L, Long::sum);
        Pauses.spin(choices.below(MOST_SPINS));
    }

    private void retire(Element old, Update way) {
        switch (way) {
            case CALL -> pipeline.queue(old);
            case START_POLL, GET_STATE -> {
                old.way = way;
                old.cookie = cookie(way);
                polled.add(old);
            }
            default -> {
                waited.add(old);
                ageWaited(way);
            }
        }
    }

    private long cookie(Update way) {
        return way == Update.START_POLL ? updates.startPoll() : updates.getState();
    }

    /** Everything that this thread unlinked before the grace period is a grace period older. */
    private void ageWaited(Update way) {
        if (await(way)) {
            waited.removeIf(element -> pipeline.older(element, way));
        }
    }

    /** Returns whether a grace period has elapsed; if not, something hangs. */
    private boolean await(Update way) {
        long cookie = updates.getState();
        switch (way) {
            case SYNCHRONIZE -> updates.synchronize();
            case EXPEDITED -> updates.synchronizeExpedited();
            case TIMED -> {
                while (!updates.synchronize(SHORT)) {
                    if (torture().gate().isAborted()) {
                        return false;
                    }
                }
            }
            default -> {
                Pauses.spin(choices.below(MOST_SPINS));
                updates.condSynchronize(cookie);
            }
        }
        if (torture().gate().isAborted()) {
            return false;
        }
        if (!updates.pollState(cookie) || !updates.pollState(RcuDomain.COMPLETED_STATE)) {
            evidence.add(
                    Detector.COOKIE,
                    "cookie " + cookie + " is not true behind " + way.word() + ", or the one that always is");
        }
        return true;
    }

    /** Looks at the cookies; what is true has to stay true. Returns whether one was. */
    private boolean poll() {
        boolean some = false;
        for (int i = polled.size(); i-- > 0; ) {
            Element element = polled.get(i);
            if (updates.pollState(element.cookie)) {
                some = true;
                long cookie = element.cookie;
                if (pipeline.older(element, element.way)) {
                    polled.remove(i);
                } else {
                    element.cookie = cookie(element.way);
                }
                if (!updates.pollState(cookie)) {
                    evidence.add(Detector.COOKIE, "cookie " + cookie + " was true, and then not");
                }
            }
        }
        return some;
    }

    /** All but the published element come back; what does not is lost. */
    @Override
    void finish() {
        while (!waited.isEmpty() && !torture().gate().isAborted()) {
            ageWaited(choices.oneIn(2) ? Update.SYNCHRONIZE : Update.EXPEDITED);
            torture().finishing();
        }
        finishPolled();
        if (torture().awaitCallbacks(pipeline) && pipeline.underWay() != 0) {
            evidence.add(Detector.RETURN, "elements did not come back: " + pipeline.whereabouts());
        }
    }

    private void finishPolled() {
        long start = System.nanoTime();
        while (!polled.isEmpty() && !torture().gate().isAborted()) {
            torture().finishing();
            if (poll()) {
                start = System.nanoTime();
                continue;
            }
            if (System.nanoTime() - start > torture().waitNanos()) {
                evidence.add(Detector.RETURN, "cookies did not become true: " + pipeline.whereabouts());
                return;
            }
            Element element = polled.get(polled.size() - 1);
            if (element.way == Update.GET_STATE) {
                updates.condSynchronize(element.cookie); // nobody else may be left to see to it
            } else {
                Pauses.park(20_000);
            }
        }
    }
}
