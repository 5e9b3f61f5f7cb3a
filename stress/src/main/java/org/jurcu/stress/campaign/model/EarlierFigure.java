package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a benchmark took in an earlier run, and how this one compares.
 *
 * @param median of the earlier run, in the unit of this one
 * @param ratio how many times as long it takes now
 * @param band how far from 1 the ratio may be by noise alone: both runs' errors together; null where one has none
 * @param change in a word
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EarlierFigure(double median, double ratio, Double band, Change change) {}
