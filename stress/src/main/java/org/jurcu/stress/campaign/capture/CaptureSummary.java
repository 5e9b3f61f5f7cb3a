package org.jurcu.stress.campaign.capture;

/**
 * What a capture holds.
 *
 * @param events lines kept
 * @param tasks that were created
 * @param exits tasks that ended
 * @param frees tasks that the kernel freed
 * @param lost events that the ring buffer lost, of whichever task
 */
public record CaptureSummary(long events, long tasks, long exits, long frees, long lost) {}
