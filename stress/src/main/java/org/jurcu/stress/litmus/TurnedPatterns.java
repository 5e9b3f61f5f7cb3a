package org.jurcu.stress.litmus;

import java.util.List;

/**
 * One grace period against one section whose accesses are turned round: a machine that reorders nothing would show the
 * outcome, so what forbids it is that a grace period waits.
 */
final class TurnedPatterns {
    static final List<String> TEXTS = List.of("""
            MP+sync+rcu-turned: a section that lasts

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            y = 1       | r1 = y
                        | unlock

            never r0 = 0 and r1 = 1
            because the section began before the grace period, which therefore waits for its end
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after r0 = x
            twin waits too early: P0 with synchronize before x = 1
            frozen
            """, """
            MP+rcu-turned+sync: an updater that reads

            P0     | P1
            lock   | r0 = x
            x = 1  | synchronize
            y = 1  | r1 = y
            unlock |

            never r0 = 1 and r1 = 0
            because the grace period waits for the section that it has seen a store of
            twin no grace period: P1 without synchronize
            twin two sections: P0 split after x = 1
            """, """
            SB+sync+rcu-turned: store buffering

            P0          | P1
            x = 1       | lock
            synchronize | r1 = x
            r0 = y      | y = 1
                        | unlock

            never r0 = 0 and r1 = 0
            because the section began before the grace period, whose end comes after all of its stores
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after r1 = x
            """, """
            LB+sync+rcu-turned: load buffering

            P0          | P1
            r0 = x      | lock
            synchronize | x = 1
            y = 1       | r1 = y
                        | unlock

            never r0 = 1 and r1 = 1
            because the grace period waits for the section that it has seen a store of
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after x = 1
            """, """
            S+sync+rcu-turned: a store that is overwritten

            P0          | P1
            x = 2       | lock
            synchronize | x = 1
            y = 1       | r0 = y
                        | unlock

            never r0 = 1 and x = 2
            because the section stored before the grace period, which therefore waits for its end
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after x = 1
            """, """
            S+rcu-turned+sync: the same with the grace period on the other side

            P0     | P1
            lock   | r0 = y
            y = 1  | synchronize
            x = 2  | x = 1
            unlock |

            never r0 = 1 and x = 2
            because the grace period waits for the section that it has seen a store of, and the store behind it comes last
            twin no grace period: P1 without synchronize
            twin two sections: P0 split after y = 1
            """, """
            R+sync+rcu-turned: a load, and a store that comes second

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            y = 1       | y = 2
                        | unlock

            never y = 2 and r0 = 0
            because the section began before the grace period, and the store behind that comes last
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after r0 = x
            """, """
            R+rcu-turned+sync: the same with the grace period on the other side

            P0     | P1
            lock   | y = 2
            y = 1  | synchronize
            x = 1  | r0 = x
            unlock |

            never y = 2 and r0 = 0
            because the grace period waits for the section whose store it has overwritten
            twin no grace period: P1 without synchronize
            twin two sections: P0 split after y = 1
            """, """
            2+2W+sync+rcu-turned: four stores

            P0          | P1
            x = 2       | lock
            synchronize | x = 1
            y = 1       | y = 2
                        | unlock

            never x = 2 and y = 2
            because the section's first store was overwritten before the grace period, which waits for the second
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after x = 1
            """, """
            MP+sync+nested: a section in a section

            P0          | P1
            x = 1       | lock
            synchronize | lock
            y = 1       | r0 = x
                        | unlock
                        | r1 = y
                        | unlock

            never r0 = 0 and r1 = 1
            because the inner end is none
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after unlock
            flavours not qsbr qsbr-quiescent
            """, """
            MP+sync+inner: a section that begins and ends between the two loads

            P0          | P1
            x = 1       | lock
            synchronize | r0 = x
            y = 1       | lock
                        | unlock
                        | r1 = y
                        | unlock

            never r0 = 0 and r1 = 1
            because the inner section neither ends the outer one nor makes it look younger
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after r0 = x
            flavours not qsbr qsbr-quiescent
            """);

    private TurnedPatterns() {}
}
