package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jurcu.stress.campaign.model.TortureResult;

/** One flavour after the other in this JVM, first those that must fail: what they show is what the others' passes are worth. */
final class TortureSeries {
    static final String BUSTED = "busted-";

    /** At most so long for each that is busted; most take a hundredth of it. */
    private static final Duration LONGEST_BUSTED = Duration.ofSeconds(20);

    /** At least so long for each that is shipped, whatever those that are busted took. */
    private static final Duration SHORTEST = Duration.ofMillis(400);

    private static final int VIRTUAL_READERS = 4; // in the place of one

    private final long seed;
    private final BiConsumer<Integer, String> onStep;
    private final Consumer<TortureResult> onEnd;

    /** Tells how many flavours are done and which one is at hand, now and then with how far it is, and each result. */
    TortureSeries(long seed, BiConsumer<Integer, String> onStep, Consumer<TortureResult> onEnd) {
        this.seed = seed;
        this.onStep = onStep;
        this.onEnd = onEnd;
    }

    /** Returns the names of all flavours, in their order, each with what it is. */
    static Map<String, String> flavours() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Busted busted : Busted.values()) {
            all.put(
                    nameOf(busted),
                    busted.fault() + "; must be caught by " + busted.detector().word() + ": " + busted.meant());
        }
        for (Flavour flavour : Flavour.values()) {
            all.put(flavour.word(), flavour.description());
        }
        return all;
    }

    static String nameOf(Busted busted) {
        return BUSTED + busted.word();
    }

    /** Tortures those of these names; what is left of {@code time} behind the busted ones is for the others, in equal parts. */
    List<TortureResult> run(List<String> names, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<TortureResult> results = new ArrayList<>();
        for (Busted busted : Busted.values()) {
            if (names.contains(nameOf(busted))) {
                onStep.accept(results.size(), nameOf(busted));
                add(results, torture(busted));
            }
        }
        int left = names.size() - results.size();
        for (Flavour flavour : Flavour.values()) {
            if (names.contains(flavour.word())) {
                Duration part = Duration.ofNanos((end - System.nanoTime()) / left--);
                onStep.accept(results.size(), flavour.word());
                add(results, torture(flavour, part.compareTo(SHORTEST) < 0 ? SHORTEST : part, results.size()));
            }
        }
        return results;
    }

    private void add(List<TortureResult> results, TortureResult result) {
        results.add(result);
        onEnd.accept(result);
    }

    private TortureResult torture(Busted busted) throws InterruptedException {
        Outcome outcome = outcome(busted, seed);
        String detector = busted.detector().word();
        return result(nameOf(busted), true, Judge.busted(busted, outcome), busted.fault(), detector, outcome);
    }

    static Outcome outcome(Busted busted, long seed) throws InterruptedException {
        Plan plan = busted.with(Plan.busted(LONGEST_BUSTED, seed, busted::caughtBy));
        return new Torture(busted.create(nameOf(busted), plan.stallTimeout(), new StallReports()), plan).run();
    }

    private TortureResult torture(Flavour flavour, Duration time, int done) throws InterruptedException {
        Plan plan = Plan.whole(time, seed);
        Subject subject = flavour.create(flavour.word(), plan.stallTimeout(), new StallReports());
        if (subject.virtual() && Threads.areVirtualHere()) {
            plan = plan.withReaders(VIRTUAL_READERS * plan.readers());
        }
        String name = flavour.word();
        Outcome outcome = new Torture(subject, plan, how -> onStep.accept(done, name + ": " + how)).run();
        return result(name, false, Judge.shipped(outcome), flavour.description(), "", outcome);
    }

    private static TortureResult result(
            String name, boolean busted, Judge.Ruling ruling, String description, String detector, Outcome outcome) {
        return new TortureResult(
                name,
                busted,
                ruling.verdict(),
                ruling.reason(),
                description,
                detector,
                outcome.seconds(),
                Long.parseLong(outcome.fields().get("sections")),
                outcome.ages(),
                outcome.line() + " verdict=" + ruling.verdict().word(),
                outcome.evidence().sentences());
    }
}
