package org.jurcu.benchmarks.projection;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Projects the costs of the library's operations, and of a shared count, to machines of many cores, and prints them as a
 * table in Markdown. docs/scaling.md says what each line assumes.
 */
public final class Projection {
    // What this library takes on one core, from docs/performance.md, rounded.
    private static final double SECTION = 3.0;
    private static final double COUNT_PAIR = 6.0;
    private static final double CALLBACK = 12;
    private static final double MEMBARRIER_OF_TWO = 5_000;

    // Assumptions that no figure of ours supports.
    private static final double MEMBARRIER_FURTHER_CORE = 300;
    private static final double OVERLAPPING_MISSES = 8;
    private static final double CALLBACKS_A_LINE = 8;
    private static final double PERIODS_A_SECOND = 1_000;
    private static final double LINES_UNDER_TASKLIST_LOCK = 4;

    /**
     * A line of the table.
     *
     * @param what is projected
     * @param unit of it
     * @param cost on a machine
     */
    record Line(String what, String unit, ToDoubleFunction<Machine> cost) {}

    static final List<Line> LINES = List.of(
            new Line("`RcuReader` section, no grace periods", "ns", m -> SECTION),
            new Line("`RcuReader` section, 1,000 grace periods/s", "ns", Projection::sectionBesideUpdaters),
            new Line("one shared count, additions only: up and down", "ns", Projection::additions),
            new Line("one shared count, `incNotZero` and down, no attempt in vain", "ns", Projection::attempts),
            new Line("`synchronize`, strategy `full`, every core reading", "µs", m -> scan(m) / 1000),
            new Line(
                    "`synchronize`, strategy `membarrier`, every core reading", "µs", m -> (scan(m) + fence(m)) / 1000),
            new Line("callbacks of one domain", "M/s", m -> 1000 / (CALLBACK + m.move() * (1 + 1 / CALLBACKS_A_LINE))),
            new Line("task lifetimes through `tasklist_lock`", "M/s", m -> 1000 / lifetimesUnderLock(m)));

    private Projection() {}

    /** Prints the table. */
    public static void main(String[] args) {
        System.out.print(table());
    }

    static String table() {
        StringBuilder table = new StringBuilder("| | unit |");
        Machine.ALL.forEach(m -> table.append(String.format(Locale.ROOT, " %d cores, %s |", m.cores(), m.name())));
        table.append("\n|---|---|").append("--:|".repeat(Machine.ALL.size())).append('\n');
        for (Line line : LINES) {
            table.append("| ")
                    .append(line.what())
                    .append(" | ")
                    .append(line.unit())
                    .append(" |");
            Machine.ALL.forEach(m -> table.append(' ')
                    .append(figure(line.cost().applyAsDouble(m)))
                    .append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    /** After each period every reader misses on the epoch, one after the other, and on its own line when it was looked at. */
    private static double sectionBesideUpdaters(Machine m) {
        double lostEachPeriod = m.move() * (m.cores() / 2.0 + 2);
        return SECTION / (1 - Math.min(0.99, lostEachPeriod * PERIODS_A_SECOND / 1e9));
    }

    private static double additions(Machine m) {
        return Math.max(COUNT_PAIR, m.cores() * 2 * m.move());
    }

    private static double attempts(Machine m) {
        return Math.max(COUNT_PAIR, m.cores() * (m.fetchAndMove() + m.move()));
    }

    private static double scan(Machine m) {
        return m.move() + m.cores() * m.move() / OVERLAPPING_MISSES;
    }

    private static double fence(Machine m) {
        return MEMBARRIER_OF_TWO + (m.cores() - 2) * MEMBARRIER_FURTHER_CORE;
    }

    /** Exit and release each take the lock for writing: its word, twice, and some lines that the last holder wrote. */
    private static double lifetimesUnderLock(Machine m) {
        return 2 * (2 + LINES_UNDER_TASKLIST_LOCK) * m.move();
    }

    private static String figure(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
