package org.jurcu.stress.campaign.model;

/**
 * What became of one mutant.
 *
 * @param id its name
 * @param file the changed source
 * @param line the number of the changed line
 * @param was what stood there
 * @param is what stands there in the mutant
 * @param why what goes wrong
 * @param detector that must notice
 * @param outcome what became of it
 * @param what the detector said
 * @param seconds the detector took
 */
public record MutantResult(
        String id,
        String file,
        int line,
        String was,
        String is,
        String why,
        String detector,
        MutantOutcome outcome,
        String what,
        double seconds) {}
