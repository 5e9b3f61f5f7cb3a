package org.jurcu.stress.campaign.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jurcu.stress.campaign.bench.Target.Figure;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/**
 * A figure of ours, and the figure of liburcu that answers the same question.
 *
 * @param what is compared
 * @param fence the strategy under which ours does what that flavour of liburcu does, or null for any
 * @param ours in JMH's run
 * @param ourFloor the same loop without protection
 * @param group of liburcu's figures: its flavour and number of threads
 * @param theirs scenario of the C program
 * @param theirFloor the C loop without protection
 * @param aim how they should compare
 * @param limit of the aim
 */
record Counterpart(
        String what,
        String fence,
        Figure ours,
        Figure ourFloor,
        String group,
        String theirs,
        String theirFloor,
        Aim aim,
        double limit) {
    /** What is asked of two figures. */
    enum Aim {
        /** Nothing: they are shown. */
        NONE,
        /** Our time over theirs. */
        RATIO,
        /** What our protection adds to our floor, over the whole of theirs. */
        ADDED_TO_WHOLE,
        /** What our protection adds to our floor, and what theirs adds to theirs, in nanoseconds. */
        ADDED_MORE
    }

    /** Returns the comparison for one strategy, or nothing if this is not about it, or was not measured. */
    Optional<CounterpartLine> judge(List<BenchmarkResult> results, String inForce) {
        if (fence != null && !fence.equals(inForce)) {
            return Optional.empty();
        }
        Optional<Double> mine = ours.in(results, inForce).map(BenchmarkResult::median);
        Optional<Double> other = liburcu(results, theirs);
        if (mine.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Double myFloor = ourFloor == null
                ? null
                : ourFloor.in(results, inForce).map(BenchmarkResult::median).orElse(null);
        Double otherFloor =
                theirFloor == null ? null : liburcu(results, theirFloor).orElse(null);
        return Optional.of(line(inForce, mine.get(), myFloor, other.get(), otherFloor));
    }

    private Optional<Double> liburcu(List<BenchmarkResult> results, String scenario) {
        return results.stream()
                .filter(r -> r.group().equals(group) && r.name().equals(scenario))
                .map(BenchmarkResult::median)
                .findFirst();
    }

    private CounterpartLine line(String inForce, double mine, Double myFloor, double other, Double otherFloor) {
        Double figure =
                switch (aim) {
                    case NONE -> null;
                    case RATIO -> mine / other;
                    case ADDED_TO_WHOLE -> myFloor == null ? null : (mine - myFloor) / other;
                    case ADDED_MORE ->
                        myFloor == null || otherFloor == null ? null : mine - myFloor - (other - otherFloor);
                };
        return new CounterpartLine(
                what,
                inForce,
                mine,
                myFloor,
                group + "." + theirs,
                other,
                otherFloor,
                mine / other,
                figure == null ? "" : text(figure),
                figure == null ? null : (Boolean) (figure <= limit));
    }

    private String text(double figure) {
        return switch (aim) {
            case NONE -> "";
            case RATIO -> String.format(Locale.ROOT, "%.2f x, target %s x", figure, most());
            case ADDED_TO_WHOLE -> String.format(Locale.ROOT, "adds %.2f x theirs, target %s x", figure, most());
            case ADDED_MORE ->
                String.format(Locale.ROOT, "adds %+.2f ns more than theirs, target %s ns", figure, most());
        };
    }

    private String most() {
        return "<= " + BenchTable.figure(limit);
    }
}
