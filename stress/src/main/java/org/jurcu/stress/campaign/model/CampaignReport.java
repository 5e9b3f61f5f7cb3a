package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param shard which part of the work it is; null if it is all of it
 * @param resumed how often it was taken up again after it had been killed
 * @param merged the shards of which it was put together, or empty
 * @param runs one for each JDK of a matrix, or empty; a report of a matrix has no parts of its own
 * @param parts by name, in their order, those that were asked for; report.json has a field for each
 */
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
        @JsonInclude(JsonInclude.Include.NON_NULL) Shard shard,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int resumed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Origin> merged,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CampaignReport> runs,
        Map<String, Section<?>> parts) {

    /** The structure that this program writes and reads. */
    public static final int FORMAT = 1;

    /** Copies the lists, and keeps the order of the parts. */
    public CampaignReport {
        merged = merged == null ? List.of() : List.copyOf(merged);
        runs = runs == null ? List.of() : List.copyOf(runs);
        parts = parts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Returns the verdict over parts. */
    public static Verdict verdictOf(Collection<Section<?>> sections) {
        return Verdict.over(sections.stream().map(Section::verdict).toList());
    }

    /** Returns the same report with other parts. */
    public CampaignReport withParts(Map<String, Section<?>> other) {
        return with(command, merged, runs, other);
    }

    /** Returns the same report with other runs. */
    public CampaignReport withRuns(List<CampaignReport> other) {
        return with(command, merged, other, parts);
    }

    /** Returns a report to be kept: no command lines of children, and of paths the names of their files only. */
    public CampaignReport withoutCommands() {
        Map<String, Section<?>> kept = new LinkedHashMap<>();
        parts.forEach((name, section) -> kept.put(name, section.withoutCommands()));
        return with(
                Section.withoutDirectories(command),
                merged.stream().map(Origin::withoutDirectories).toList(),
                runs.stream().map(CampaignReport::withoutCommands).toList(),
                kept);
    }

    private CampaignReport with(
            String otherCommand,
            List<Origin> otherMerged,
            List<CampaignReport> otherRuns,
            Map<String, Section<?>> otherParts) {
        return new CampaignReport(
                format,
                verdict,
                exitStatus,
                started,
                finished,
                quick,
                otherCommand,
                host,
                jdk,
                versions,
                shard,
                resumed,
                otherMerged,
                otherRuns,
                otherParts);
    }
}
