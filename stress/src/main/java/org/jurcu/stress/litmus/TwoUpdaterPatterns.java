package org.jurcu.stress.litmus;

import java.util.List;

/**
 * Two updaters: what one asks for while the other's grace period runs. That period began too early for it, and its end must
 * not do. P0's section holds it open until P0 has asked.
 */
final class TwoUpdaterPatterns {
    static final List<String> TEXTS = List.of("""
            MP+poll-in-sync+rcu-turned: a cookie that was taken during another's grace period

            P0                 | P1          | P2
            lock               | synchronize | lock
            x = 1              | synchronize | r0 = x
            cookie = startPoll | synchronize | linger
            unlock             |             | r1 = y
            poll cookie        |             | unlock
            y = 1              |             |

            never r0 = 0 and r1 = 1
            because the cookie is of a grace period that begins after it was taken, so not of the one that runs
            twin of the one that runs: P0 with cookie = startPoll before lock
            flavours not qsbr-quiescent
            """, """
            MP+cond-in-sync+rcu-turned: the same, waited for

            P0                     | P1          | P2
            lock                   | synchronize | lock
            x = 1                  | synchronize | r0 = x
            cookie = getState      | synchronize | linger
            unlock                 |             | r1 = y
            condSynchronize cookie |             | unlock
            y = 1                  |             |

            never r0 = 0 and r1 = 1
            because the cookie is of a grace period that begins after it was taken, so not of the one that runs
            twin of the one that runs: P0 with cookie = getState before lock
            flavours not qsbr-quiescent
            """);

    private TwoUpdaterPatterns() {}
}
