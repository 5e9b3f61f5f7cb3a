package org.jurcu.stress.campaign.model;

/**
 * One outcome of a jcstress test.
 *
 * @param id the result, as jcstress writes it
 * @param expect {@code acceptable}, {@code interesting}, {@code forbidden} or {@code unknown}
 * @param count how often it was seen
 * @param description what it would mean
 */
public record StressOutcome(String id, String expect, long count, String description) {}
