package org.jurcu.stress.campaign.terminal;

/** Tells a waiting person how far the work is. */
public interface Progress {
    /** Begins a part of the work. */
    void begin(String part);

    /** {@code done} of {@code total} steps of the current part are done; {@code what} says what they are, and the one at hand. */
    void step(long done, long total, String what);

    /** Ends the current part with a sentence. */
    void end(String sentence);

    /** Says something that must not be overwritten. */
    void note(String sentence);
}
