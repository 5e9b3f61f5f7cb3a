package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jurcu.task.replay.ReplayReport;

/**
 * Everything that a campaign found: the content of {@code report.json}, from which the page is made.
 *
 * @param format version of this structure; a reader refuses what it does not know
 * @param verdict over all parts that ran
 * @param exitStatus with which the campaign ended
 * @param started when, in ISO 8601, UTC
 * @param finished when, in ISO 8601, UTC
 * @param quick whether the short selection was asked for
 * @param command the campaign's own command line
 * @param host the machine
 * @param jdk the JVM of the campaign and of the processes that it started
 * @param versions of this project and of its tools
 * @param replay null if it was not asked for
 * @param stress null if it was not asked for
 * @param bench null if it was not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignReport(
        int format,
        Verdict verdict,
        int exitStatus,
        String started,
        String finished,
        boolean quick,
        String command,
        Host host,
        Jdk jdk,
        Map<String, String> versions,
        Section<ReplayReport> replay,
        Section<StressResult> stress,
        Section<BenchmarkResult> bench) {

    /** The structure that this program writes and reads. */
    public static final int FORMAT = 1;

    /** Returns the verdict over those parts that ran. */
    public static Verdict verdictOf(Section<?>... sections) {
        List<Verdict> verdicts = new ArrayList<>();
        Stream.of(sections).filter(Objects::nonNull).map(Section::verdict).forEach(verdicts::add);
        return Verdict.over(verdicts);
    }
}
