package org.jurcu.stress.litmus;

import java.util.List;

/** The rule of thumb of the kernel's model: a circle is forbidden if it has as many grace periods as sections. */
final class CountingPatterns {
    static final List<String> TEXTS = List.of("""
            MP+sync+rcu-rcu: two sections, one after the other

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            y = 1       | unlock
                        | lock
                        | r1 = y
                        | unlock

            sometimes r0 = 0 and r1 = 1
            because each of them ends before the grace period, or begins after it began
            """, """
            MP+sync-sync+rcu-rcu: nor do two grace periods help

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            synchronize | unlock
            y = 1       | lock
                        | r1 = y
                        | unlock

            sometimes r0 = 0 and r1 = 1
            because nothing connects the two sections
            flavours not qsbr-quiescent
            """, """
            ISA2+sync+sync+rcu: two grace periods against one section

            P0          | P1          | P2
            x = 1       | r0 = y      | lock
            synchronize | synchronize | r1 = x
            y = 1       | z = 1       | r2 = z
                        |             | unlock

            never r0 = 1 and r1 = 0 and r2 = 1
            because two grace periods forbid no less than one
            twin no grace period: P0 without synchronize, P1 without synchronize
            twin two sections: P1 without synchronize, P2 split after r1 = x
            """, """
            ISA2+sync+rcu+rcu: one grace period against two sections that overlap

            P0          | P1     | P2
            x = 1       | lock   | lock
            synchronize | z = 1  | r1 = x
            y = 1       | r0 = y | r2 = z
                        | unlock | unlock

            sometimes r0 = 1 and r1 = 0 and r2 = 1
            because the grace period waits for P2, and P1 began while it did
            """, """
            ISA2+sync-sync+rcu+rcu: two grace periods against them

            P0          | P1     | P2
            x = 1       | lock   | lock
            synchronize | z = 1  | r1 = x
            synchronize | r0 = y | r2 = z
            y = 1       | unlock | unlock

            never r0 = 1 and r1 = 0 and r2 = 1
            because the first waits for P2, and the second for P1, which began before P2 ended
            twin one grace period: P0 without synchronize
            """, """
            MP+sync+hand-over-hand: the same two sections in one thread

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            y = 1       | lock
                        | unlock oldest
                        | r1 = y
                        | unlock

            sometimes r0 = 0 and r1 = 1
            because the second section may have begun after the grace period did
            flavours srcu
            """, """
            MP+sync-sync+hand-over-hand: and two grace periods

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            synchronize | lock
            y = 1       | unlock oldest
                        | r1 = y
                        | unlock

            never r0 = 0 and r1 = 1
            because the second section began before the end of the first, so before the second grace period
            twin one grace period: P0 without synchronize
            flavours srcu
            """);

    private CountingPatterns() {}
}
