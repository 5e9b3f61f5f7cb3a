package org.jurcu.stress.campaign.model;

/**
 * What the model checker says of a model, or of a twin of it.
 *
 * @param model the name
 * @param twin what is left out; empty for the model itself
 * @param what that is, in a sentence
 * @param verdict of this one alone
 * @param states that were explored
 * @param depth of the longest execution
 * @param found the claim that is broken, or why nothing is known; empty if all hold
 * @param seconds with generating and compiling
 */
public record ModelResult(
        String model,
        String twin,
        String what,
        Verdict verdict,
        long states,
        long depth,
        String found,
        double seconds) {
    /** Returns the name with the twin's. */
    public String name() {
        return twin.isEmpty() ? model : model + " " + twin;
    }
}
