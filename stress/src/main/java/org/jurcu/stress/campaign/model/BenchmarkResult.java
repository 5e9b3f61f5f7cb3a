package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * One figure of JMH.
 *
 * @param group the benchmark class's simple name
 * @param name the method, with the thread's role behind a colon where several roles were measured together
 * @param params of the benchmark, empty where it has none
 * @param fence the strategy of the fences that was asked for; null if none was
 * @param mode of JMH: {@code avgt}, {@code sample}, {@code thrpt}, ...
 * @param unit of median, score and error
 * @param threads that ran it at the same time
 * @param forks JVMs that measured it
 * @param iterations measured in each
 * @param median of the measured iterations
 * @param score JMH's mean
 * @param error JMH's 99.9% confidence interval, half of it; null if there were too few iterations for one
 * @param bytesPerOp allocated by one operation; null if it was not measured
 * @param floor the benchmark that this one was divided by; null for a floor itself
 * @param ratio how many times the floor's time it takes; null without a floor
 * @param percentiles of single operations' latencies; null where only means of many were measured
 * @param earlier the same of an earlier run, which was asked for; null if it was not, or has none of this name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchmarkResult(
        String group,
        String name,
        Map<String, String> params,
        String fence,
        String mode,
        String unit,
        int threads,
        int forks,
        int iterations,
        double median,
        double score,
        Double error,
        Double bytesPerOp,
        String floor,
        Double ratio,
        Percentiles percentiles,
        EarlierFigure earlier) {
    /** A figure beside which no other stands yet. */
    public BenchmarkResult(
            String group,
            String name,
            Map<String, String> params,
            String fence,
            String mode,
            String unit,
            int threads,
            int forks,
            int iterations,
            double median,
            double score,
            Double error,
            Double bytesPerOp) {
        this(
                group,
                name,
                params,
                fence,
                mode,
                unit,
                threads,
                forks,
                iterations,
                median,
                score,
                error,
                bytesPerOp,
                null,
                null,
                null,
                null);
    }

    /** Returns the name, with its parameters if it has any. */
    public String label() {
        return params.isEmpty() ? name : name + " " + params;
    }

    /** Returns the strategy of the fences, in a word. */
    public String fenceOrUnknown() {
        return fence == null ? "unknown" : fence;
    }

    /** Returns whether this is what others are compared with: its name begins with {@code floor}. */
    public boolean countsAsFloor() {
        return name.startsWith("floor");
    }

    /** Returns whether this is somebody else's: a method of that name, or liburcu, which C programs measure. */
    public boolean countsAsPeer() {
        return name.startsWith("peer") || group.startsWith("liburcu");
    }

    /** Returns whether this is a control, a textbook's scheme: its name begins with {@code toy}. */
    public boolean countsAsToy() {
        return name.startsWith("toy");
    }

    /** Returns this figure beside its floor. */
    public BenchmarkResult over(String floor, double ratio) {
        return with(group, params, floor, ratio, percentiles, earlier);
    }

    /** Returns this figure, which is a median, with the other percentiles. */
    public BenchmarkResult among(Percentiles percentiles) {
        return with(group, params, floor, ratio, percentiles, earlier);
    }

    /** Returns this figure in another group and with other parameters. */
    public BenchmarkResult moved(String group, Map<String, String> params) {
        return with(group, params, floor, ratio, percentiles, earlier);
    }

    /** Returns this figure beside its own of an earlier run. */
    public BenchmarkResult after(EarlierFigure earlier) {
        return with(group, params, floor, ratio, percentiles, earlier);
    }

    private BenchmarkResult with(
            String itsGroup,
            Map<String, String> itsParams,
            String itsFloor,
            Double itsRatio,
            Percentiles itsPercentiles,
            EarlierFigure itsEarlier) {
        return new BenchmarkResult(
                itsGroup,
                name,
                itsParams,
                fence,
                mode,
                unit,
                threads,
                forks,
                iterations,
                median,
                score,
                error,
                bytesPerOp,
                itsFloor,
                itsRatio,
                itsPercentiles,
                itsEarlier);
    }
}
