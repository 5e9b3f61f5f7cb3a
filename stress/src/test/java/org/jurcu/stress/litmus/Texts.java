package org.jurcu.stress.litmus;

/** Patterns whose outcomes are certain, whatever the threads do. */
final class Texts {
    /** Each process reads what it has written itself. */
    private static final String CERTAIN = """
            %s: each process reads what it has written

            P0     | P1
            x = 1  | y = 2
            r0 = x | r1 = y

            %s
            because nobody else writes there
            twin writes 3: P1 with y = 3 in place of y = 2
            flavours %s
            """;

    /** Begins a section that nobody ends. */
    private static final String HANGING = """
            HANGS: nobody ends the section

            P0          | P1
            synchronize | lock
            x = 1       | r0 = x

            never r0 = 2
            because nobody writes that
            flavours %s
            """;

    private Texts() {}

    static Pattern certain(String verdict, String flavours) {
        return PatternText.parse(CERTAIN.formatted("CERTAIN", verdict, flavours));
    }

    static Pattern hanging(String flavour) {
        return PatternText.parse(HANGING.formatted(flavour));
    }
}
