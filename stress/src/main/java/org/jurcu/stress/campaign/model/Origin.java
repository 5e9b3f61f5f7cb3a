package org.jurcu.stress.campaign.model;

/**
 * Where a part of a merged report comes from.
 *
 * @param shard which of the shards
 * @param verdict of its own report
 * @param started when, in ISO 8601, UTC
 * @param finished when, in ISO 8601, UTC
 * @param resumed how often it was taken up again after it had been killed
 * @param command its command line
 * @param host its machine
 * @param jdk its JVM
 * @param fence the strategy of the fences that was in force
 */
public record Origin(
        Shard shard,
        Verdict verdict,
        String started,
        String finished,
        int resumed,
        String command,
        Host host,
        Jdk jdk,
        String fence) {
    /** Describes a report. */
    public static Origin of(CampaignReport report) {
        return new Origin(
                report.shard(),
                report.verdict(),
                report.started(),
                report.finished(),
                report.resumed(),
                report.command(),
                report.host(),
                report.jdk(),
                report.versions().get("fence"));
    }

    /** Returns the same with the names of files in place of their paths. */
    Origin withoutDirectories() {
        return new Origin(
                shard, verdict, started, finished, resumed, Section.withoutDirectories(command), host, jdk, fence);
    }
}
