package org.jurcu.stress.campaign.bench;

import java.util.List;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** A program beside JMH that measured something. */
interface Measurer {
    /** Returns the figures, in the order in which they were measured. */
    List<BenchmarkResult> results();

    /** Returns how many figures there should be. */
    int expected();

    /** Returns why this is no pass, in sentences. */
    List<String> reasons();

    /** Returns what was skipped and why, and what else to know, in sentences. */
    List<String> notes();

    /** Returns the command lines of what was started. */
    List<String> commands();
}
