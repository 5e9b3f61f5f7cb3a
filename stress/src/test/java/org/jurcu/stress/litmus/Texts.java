package org.jurcu.stress.litmus;

/** Patterns whose outcomes are certain, whatever the threads do. */
final class Texts {
    private Texts() {}

    /** Each process reads what it has written itself. */
    static Pattern certain(String verdict, String flavours) {
        return PatternText.parse("""
                CERTAIN: each process reads what it has written

                P0     | P1
                x = 1  | y = 2
                r0 = x | r1 = y

                %s
                because nobody else writes there
                twin writes 3: P1 with y = 3 in place of y = 2
                flavours %s
                """.formatted(verdict, flavours));
    }

    /** Begins a section that nobody ends. */
    static Pattern hanging(String flavour) {
        return PatternText.parse("""
                HANGS: nobody ends the section

                P0          | P1
                synchronize | lock
                x = 1       | r0 = x

                never r0 = 2
                because nobody writes that
                flavours %s
                """.formatted(flavour));
    }
}
