package org.jurcu.stress.litmus;

import java.util.List;

/** A domain of the flavour at hand beside an {@code Srcu}. */
final class TwoDomainPatterns {
    static final List<String> TEXTS = List.of("""
            MP+sync+other: the section is another domain's

            P0          | P1
            x = 1       | srcu lock
            synchronize | r0 = x
            y = 1       | r1 = y
                        | srcu unlock

            sometimes r0 = 0 and r1 = 1
            because a grace period waits for the sections of its own domain
            """, """
            MP+sync+both: sections of both domains

            P0          | P1
            x = 1       | lock
            synchronize | srcu lock
            y = 1       | r0 = x
                        | r1 = y
                        | srcu unlock
                        | unlock

            never r0 = 0 and r1 = 1
            because one of the two is its own domain's
            twin the other alone: P1 without lock, P1 without unlock
            flavours not qsbr-quiescent
            """, """
            MP+srcu-sync+hand-over-hand: from one domain's section into the other's

            P0               | P1
            x = 1            | srcu lock
            srcu synchronize | r0 = x
            synchronize      | lock
            y = 1            | srcu unlock
                             | r1 = y
                             | unlock

            never r0 = 0 and r1 = 1
            because the first grace period waits for the first section, in which the second had begun
            twin in the other order: P0 with synchronize before srcu synchronize
            flavours not qsbr-quiescent
            """, """
            ISA2+srcu-sync+rcu+srcu: the same in two threads

            P0               | P1     | P2
            x = 1            | lock   | srcu lock
            srcu synchronize | z = 1  | r1 = x
            synchronize      | r0 = y | r2 = z
            y = 1            | unlock | srcu unlock

            never r0 = 1 and r1 = 0 and r2 = 1
            because the grace periods stand round each other as the sections do
            twin in the other order: P0 with synchronize before srcu synchronize
            flavours not qsbr-quiescent
            """);

    private TwoDomainPatterns() {}
}
