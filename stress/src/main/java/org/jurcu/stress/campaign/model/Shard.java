package org.jurcu.stress.campaign.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several campaigns that divide the work; their reports are merged.
 *
 * @param index from 1
 * @param of how many there are
 */
public record Shard(int index, int of) {
    /** Everything. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FRACTION = Pattern.compile("([1-9]\\d{0,4})/([1-9]\\d{0,4})");

    /** Checks the numbers. */
    public Shard {
        if (of < 1 || index < 1 || index > of) {
            throw new IllegalArgumentException("there is no shard " + index + " of " + of);
        }
    }

    /**
     * Reads {@code 2/8}, or with {@code auto} what the engine that started this process says in its environment.
     *
     * @throws CampaignException if that is no shard
     */
    public static Shard parse(String text, Map<String, String> environment) throws CampaignException {
        if (text.equals("auto")) {
            return ofEngine(environment);
        }
        Matcher fraction = FRACTION.matcher(text);
        if (!fraction.matches() || Integer.parseInt(fraction.group(1)) > Integer.parseInt(fraction.group(2))) {
            throw new CampaignException("'" + text + "' is no shard such as 2/8, which is the second of eight");
        }
        return new Shard(Integer.parseInt(fraction.group(1)), Integer.parseInt(fraction.group(2)));
    }

    private static Shard ofEngine(Map<String, String> environment) throws CampaignException {
        if (environment.containsKey("SLURM_ARRAY_TASK_ID")) {
            int first = number(environment, "SLURM_ARRAY_TASK_MIN");
            return numbered(
                    number(environment, "SLURM_ARRAY_TASK_ID") - first + 1,
                    number(environment, "SLURM_ARRAY_TASK_COUNT"));
        }
        if (environment.containsKey("JOB_COMPLETION_INDEX")) { // Kubernetes tells the index only
            return numbered(number(environment, "JOB_COMPLETION_INDEX") + 1, number(environment, "JURCU_SHARDS"));
        }
        throw new CampaignException("--shard auto found neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX in the"
                + " environment; give --shard i/n");
    }

    private static Shard numbered(int index, int of) throws CampaignException {
        if (index < 1 || index > of) {
            throw new CampaignException(
                    "the environment names shard " + index + " of " + of + "; an array must be numbered without gaps");
        }
        return new Shard(index, of);
    }

    private static int number(Map<String, String> environment, String variable) throws CampaignException {
        String value = environment.get(variable);
        if (value == null || !value.matches("\\d{1,9}")) {
            throw new CampaignException("--shard auto needs a number in " + variable
                    + (value == null ? ", which is not set" : ", which is '" + value + "'"));
        }
        return Integer.parseInt(value);
    }

    /** Returns this shard's of {@code names}, whatever their order: of the sorted names every {@code of}th. */
    public List<String> mine(List<String> names) {
        List<String> sorted = names.stream().sorted().toList();
        List<String> mine = new ArrayList<>();
        for (int i = index - 1; i < sorted.size(); i += of) {
            mine.add(sorted.get(i));
        }
        return mine;
    }

    /**
     * Returns this shard's of {@code groups}, whole groups: the largest first, each to the shard that has least so far.
     */
    public List<String> mine(Map<String, List<String>> groups) {
        List<String> largestFirst = groups.keySet().stream()
                .sorted(Comparator.comparing(
                                (String group) -> -groups.get(group).size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int[] load = new int[of];
        List<String> mine = new ArrayList<>();
        for (String group : largestFirst) {
            int least = 0;
            for (int shard = 1; shard < of; shard++) {
                if (load[shard] < load[least]) {
                    least = shard;
                }
            }
            load[least] += groups.get(group).size();
            if (least == index - 1) {
                mine.addAll(groups.get(group));
            }
        }
        return mine.stream().sorted().toList();
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
