package org.jurcu.stress.litmus;

import java.util.List;

/**
 * One grace period against one section, whose accesses stand as a machine that reorders nothing would do them: what is
 * forbidden is forbidden because a grace period orders memory.
 */
final class SectionPatterns {
    static final List<String> TEXTS = List.of("""
            MP+sync+rcu: message passing

            P0          | P1
            x = 1       | lock
            synchronize | r0 = y
            y = 1       | r1 = x
                        | unlock

            never r0 = 1 and r1 = 0
            because the section saw what came after the grace period, so it sees what came before
            twin stores swapped: P0 with y = 1 before x = 1
            """, """
            MP+rcu+sync: message passing to an updater

            P0     | P1
            lock   | r0 = y
            x = 1  | synchronize
            y = 1  | r1 = x
            unlock |

            never r0 = 1 and r1 = 0
            because a part of the section came before the grace period, which therefore waits for all of it
            twin loads swapped: P1 with r1 = x before r0 = y
            """, """
            SB+sync+rcu: store buffering

            P0          | P1
            x = 1       | lock
            synchronize | y = 1
            r0 = y      | r1 = x
                        | unlock

            never r0 = 0 and r1 = 0
            because a section that misses x began before the grace period, and so has ended, its store with it, when that ends
            twin no grace period: P0 without synchronize
            """, """
            LB+sync+rcu: load buffering

            P0          | P1
            r0 = x      | lock
            synchronize | r1 = y
            y = 1       | x = 1
                        | unlock

            never r0 = 1 and r1 = 1
            because the grace period waits for the section that it has seen a store of, so what comes behind it is not seen there
            twin loads too late: P0 with y = 1 before r0 = x
            """, """
            S+sync+rcu: the store after the load comes last

            P0          | P1
            x = 2       | lock
            synchronize | r0 = y
            y = 1       | x = 1
                        | unlock

            never r0 = 1 and x = 2
            because the section came after the grace period, and its store after the store before that
            twin stores swapped: P0 with y = 1 before x = 2
            """, """
            S+rcu+sync: the same with the grace period on the other side

            P0     | P1
            lock   | r0 = y
            x = 2  | synchronize
            y = 1  | x = 1
            unlock |

            never r0 = 1 and x = 2
            because the grace period waits for the section, and the store comes behind it
            twin store too early: P1 with x = 1 before r0 = y
            """, """
            R+sync+rcu: a store that comes second, and a load

            P0          | P1
            x = 1       | lock
            synchronize | y = 2
            y = 1       | r0 = x
                        | unlock

            never y = 2 and r0 = 0
            because the section's store came after the grace period, so its load sees what came before
            twin no grace period: P0 without synchronize
            """, """
            R+rcu+sync: the same with the grace period on the other side

            P0     | P1
            lock   | y = 2
            x = 1  | synchronize
            y = 1  | r0 = x
            unlock |

            never y = 2 and r0 = 0
            because the grace period waits for the section whose store it has overwritten
            twin no grace period: P1 without synchronize
            """, """
            2+2W+sync+rcu: four stores

            P0          | P1
            x = 2       | lock
            synchronize | y = 2
            y = 1       | x = 1
                        | unlock

            never x = 2 and y = 2
            because the section's first store came after the grace period, and so its second after the store before that
            twin stores swapped: P0 with y = 1 before x = 2
            """);

    private SectionPatterns() {}
}
