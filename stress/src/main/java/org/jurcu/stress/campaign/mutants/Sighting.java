package org.jurcu.stress.campaign.mutants;

/**
 * What a detector said.
 *
 * @param kind in one word
 * @param what in a sentence; empty if all is well
 */
record Sighting(Kind kind, String what) {
    enum Kind {
        /** All that ran is well, and something ran. */
        GREEN,
        /** It saw an error. */
        RED,
        /** It was ended at the time limit. */
        HUNG,
        /** It ended in a way that says nothing. */
        BROKEN
    }

    static Sighting green() {
        return new Sighting(Kind.GREEN, "");
    }

    static Sighting red(String what) {
        return new Sighting(Kind.RED, what);
    }

    static Sighting broken(String what) {
        return new Sighting(Kind.BROKEN, what);
    }
}
