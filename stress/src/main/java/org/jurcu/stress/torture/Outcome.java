package org.jurcu.stress.torture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.rcu.RcuStats;
import org.jurcu.rcu.TortureOptions;

/**
 * What a torture found, and whether it looked.
 *
 * @param evidence what must not be
 * @param missing what has to happen in a run that shows anything, and did not, in sentences
 * @param seconds how long it took
 * @param ages sections by the age of their element at their end
 * @param fields of the summary line, in its order
 */
record Outcome(Evidence evidence, List<String> missing, double seconds, List<Long> ages, Map<String, String> fields) {
    private static final long FEWEST_SECTIONS = 1000;
    private static final long FEWEST_LAUNDERED = 100;

    static Outcome of(Torture torture, Plan plan, Totals totals) {
        RcuStats stats = torture.subject().stats();
        List<Long> ages = counts(torture, Tally.AGES);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("flavour", torture.subject().name());
        fields.put("fence", AsymmetricFence.strategy());
        fields.put("seed", "" + plan.seed());
        double seconds = totals.nanos / 1e9;
        fields.put("seconds", String.format(Locale.ROOT, "%.1f", seconds));
        fields.put("readers", "" + plan.readers());
        fields.put("sections", "" + torture.count(Tally.SECTIONS));
        fields.put("ages", slashes(ages));
        fields.put("periods", slashes(counts(torture, Tally.PERIODS)));
        fields.put("nested", "" + torture.count(Tally.NESTED));
        fields.put("swapped", "" + torture.count(Tally.SWAPPED));
        fields.put("blocked", "" + torture.count(Tally.BLOCKED));
        fields.put("handed-over", "" + torture.count(Tally.HANDED_OVER));
        fields.put("calls-inside", "" + torture.count(Tally.CALLS_INSIDE));
        fields.put("mail", "" + torture.count(Tally.MAIL));
        fields.put("cookies", "" + torture.count(Tally.COOKIES));
        fields.put("versions", "" + versions(torture));
        fields.put("ways", slashes(ways(torture).values()));
        long starved = 0;
        for (Writer writer : torture.writers()) {
            starved += writer.starved();
        }
        fields.put("starved", "" + starved);
        fields.put("grace-periods", "" + stats.gracePeriods());
        fields.put("hurried", "" + stats.gracePeriodsHurried());
        fields.put("barriers", "" + torture.barrierRounds());
        fields.put("callbacks", stats.callbacksInvoked() + "/" + stats.callbacksQueued());
        fields.put("flood", totals.flooded + "/" + totals.laundered);
        fields.put("backlog", "" + totals.mostBacklog);
        fields.put("stutters", "" + totals.stutters);
        fields.put("stalls", totals.stalls + "/" + torture.subject().stalls().all());
        fields.put("guests", "" + torture.guests());
        fields.put("pooled", "" + torture.pooled());
        fields.put("registrations", "" + torture.registrations());
        fields.put("deaths", stats.readersDiedInside() + "/" + torture.deaths());
        fields.put("gc-ms", "" + totals.collectorMillis);
        fields.put("evidence", torture.evidence().summary());
        return new Outcome(torture.evidence(), missing(torture, plan, totals), seconds, ages, fields);
    }

    private static List<Long> counts(Torture torture, int from) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i <= Element.END; i++) {
            counts.add(torture.count(from + i));
        }
        return counts;
    }

    private static long versions(Torture torture) {
        long sum = 0;
        for (Pipeline pipeline : torture.pipelines()) {
            sum += pipeline.version();
        }
        return sum;
    }

    private static Map<Update, Long> ways(Torture torture) {
        Map<Update, Long> sums = new EnumMap<>(Update.class);
        for (Writer writer : torture.writers()) {
            writer.ways().forEach((way, count) -> sums.merge(way, count, Long::sum));
        }
        return sums;
    }

    private static String slashes(Collection<Long> counts) {
        StringJoiner joined = new StringJoiner("/");
        counts.forEach(count -> joined.add(count.toString()));
        return joined.toString();
    }

    /** Without these a run has not looked. Counts of threads that still run may be a little old. */
    static List<String> missing(Torture torture, Plan plan, Totals totals) {
        List<String> missing = new ArrayList<>();
        require(missing, torture.count(Tally.SECTIONS), FEWEST_SECTIONS, "sections");
        require(missing, torture.count(Tally.AGES + 1), 1, "sections whose element was unlinked meanwhile");
        require(missing, torture.count(Tally.PERIODS), 1, "sections that asked for a cookie");
        require(missing, torture.count(Tally.NESTED), 1, "nested sections");
        require(missing, torture.count(Tally.SWAPPED), 1, "sections that swapped their protection");
        require(missing, torture.count(Tally.BLOCKED), 1, "sections that blocked");
        require(missing, torture.count(Tally.MAIL), 1, "mail");
        ways(torture).forEach((way, count) -> require(missing, count, 1, "updates by " + way.word()));
        require(
                missing,
                torture.subject().stats().gracePeriods(),
                TortureOptions.PERIODS_TO_WRAP + 1,
                "grace periods, so that the sequence wraps");
        require(missing, torture.barrierRounds(), 1, "barriers");
        require(missing, totals.stutters, 1, "stutters");
        if (torture.finisherOrNull() != null) {
            require(missing, torture.count(Tally.HANDED_OVER), 1, "sections that another thread ended");
        }
        if (plan.churn()) {
            require(missing, torture.guests(), 1, "threads that came and went");
            require(missing, torture.pooled(), 1, "visits by threads of the common pool");
            require(missing, torture.registrations(), 1, "registrations");
            if (torture.subject().mayDieInside()) {
                require(missing, torture.deaths(), 1, "threads that died inside");
            }
        }
        if (plan.stall()) {
            require(missing, totals.stalls, 1, "stalls");
        }
        if (plan.flood()) {
            require(missing, totals.laundered, FEWEST_LAUNDERED, "callbacks that went round in a flood");
        }
        return missing;
    }

    private static void require(List<String> missing, long there, long needed, String what) {
        if (there < needed) {
            missing.add("there were " + there + " " + what + ", and " + needed + " are needed");
        }
    }

    /** Returns the summary line without its verdict. */
    String line() {
        StringJoiner line = new StringJoiner(" ");
        fields.forEach((name, value) -> line.add(name + "=" + value));
        return line.toString();
    }
}
