package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What was asked of a campaign, and of what: enough to take it up again. The content of {@code request.json}.
 *
 * @param quick whether the short selection was asked for
 * @param fence the strategy of the fences; null if none was asked for
 * @param seconds for all parts together, or 0 if no budget was given
 * @param shard which part of the work it is; null if it is all of it
 * @param revision of the checkout
 * @param jdk version of the JDK
 * @param started when, in ISO 8601, UTC
 * @param command the command line
 * @param resumed how often it was taken up again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Request(
        boolean quick,
        String fence,
        long seconds,
        Shard shard,
        String revision,
        String jdk,
        String started,
        String command,
        int resumed) {
    /** Returns the same, taken up once more. */
    public Request again() {
        return new Request(quick, fence, seconds, shard, revision, jdk, started, command, resumed + 1);
    }
}
