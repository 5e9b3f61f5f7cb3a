package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How long single operations took, in the unit of the figure that this belongs to. A percentile beyond which there are too
 * few values to know it is null.
 *
 * @param values that there are
 * @param interval at which operations were due, in nanoseconds
 * @param p50 half of them took no longer
 * @param p90 and 90 % of them
 * @param p99 and 99 %
 * @param p999 and 99.9 %
 * @param max the longest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Percentiles(long values, long interval, Double p50, Double p90, Double p99, Double p999, double max) {}
