package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * How one subject is tortured.
 *
 * @param time how long at least; the run goes on, within limits, until each side test had its turn
 * @param cycle after which stutter, stall and flood come again
 * @param seed of all choices
 * @param readers threads that only read, for the whole run
 * @param stallTimeout after which the domain has to report a stalled reader
 * @param hangLimit how long anybody may be without progress: beyond it he hangs
 * @param waitLimit how long what is awaited may take: beyond it a callback is lost, a stall not reported, a flood not survived
 * @param flood whether callbacks are queued without restraint for a while
 * @param stall whether a reader stalls the grace periods for once
 * @param churn whether readers come, go and die
 * @param enough what ends the run before its time: of a busted flavour, that it was caught
 */
record Plan(
        Duration time,
        Duration cycle,
        long seed,
        int readers,
        Duration stallTimeout,
        Duration hangLimit,
        Duration waitLimit,
        boolean flood,
        boolean stall,
        boolean churn,
        Predicate<Evidence> enough) {
    /** A stall is a tenth of a run, or three seconds. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(3);

    private static final Duration SHORTEST_STALL = Duration.ofMillis(60);
    private static final Duration LONGEST_CYCLE = Duration.ofSeconds(10);
    private static final Duration SHORT_CYCLE = Duration.ofMillis(400);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Everything, for a flavour that is shipped. */
    static Plan whole(Duration time, long seed) {
        Duration stall = time.dividedBy(10);
        if (stall.compareTo(LONGEST_STALL) > 0) {
            stall = LONGEST_STALL;
        } else if (stall.compareTo(SHORTEST_STALL) < 0) {
            stall = SHORTEST_STALL;
        }
        Duration cycle = time.compareTo(LONGEST_CYCLE) > 0 ? LONGEST_CYCLE : time;
        return new Plan(time, cycle, seed, readersHere(), stall, LIMIT, LIMIT, true, true, true, evidence -> false);
    }

    /** Without side tests, until it is caught or the time is up. */
    static Plan busted(Duration time, long seed, Predicate<Evidence> enough) {
        return new Plan(
                time, SHORT_CYCLE, seed, readersHere(), LONGEST_STALL, LIMIT, LIMIT, false, false, false, enough);
    }

    Plan withReaders(int number) {
        return new Plan(time, cycle, seed, number, stallTimeout, hangLimit, waitLimit, flood, stall, churn, enough);
    }

    Plan withTime(Duration shorter) {
        return new Plan(shorter, cycle, seed, readers, stallTimeout, hangLimit, waitLimit, flood, stall, churn, enough);
    }

    Plan withHangLimit(Duration limit) {
        return new Plan(time, cycle, seed, readers, stallTimeout, limit, waitLimit, flood, stall, churn, enough);
    }

    Plan withWaitLimit(Duration limit) {
        return new Plan(time, cycle, seed, readers, stallTimeout, hangLimit, limit, flood, stall, churn, enough);
    }

    Plan withFlood() {
        return new Plan(time, cycle, seed, readers, stallTimeout, hangLimit, waitLimit, true, stall, churn, enough);
    }

    Plan withStall() {
        return new Plan(time, cycle, seed, readers, SHORTEST_STALL, hangLimit, waitLimit, flood, true, churn, enough);
    }

    Plan withChurn() {
        return new Plan(time, cycle, seed, readers, stallTimeout, hangLimit, waitLimit, flood, stall, true, enough);
    }

    /** At least one with an even number and one with an odd one, and no more than there are processors otherwise. */
    private static int readersHere() {
        return Math.max(2, Math.min(16, Runtime.getRuntime().availableProcessors()));
    }
}
