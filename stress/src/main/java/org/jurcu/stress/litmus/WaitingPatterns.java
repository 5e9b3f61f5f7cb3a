package org.jurcu.stress.litmus;

import java.util.List;

/** All other ways to wait, and the full fence that each of them is. */
final class WaitingPatterns {
    static final List<String> TEXTS = List.of("""
            MP+expedited+rcu-turned: in a hurry

            P0                    | P1
            x = 1                 | lock
            synchronize expedited | r0 = x
            y = 1                 | r1 = y
                                  | unlock

            never r0 = 0 and r1 = 1
            because it is a grace period like any other
            twin no grace period: P0 without synchronize expedited
            """, """
            MP+timed+rcu-turned: with a timeout, again and again

            P0                | P1
            x = 1             | lock
            synchronize timed | r0 = x
            y = 1             | r1 = y
                              | unlock

            never r0 = 0 and r1 = 1
            because only the call that says true counts
            twin no grace period: P0 without synchronize timed
            """, """
            MP+poll+rcu-turned: by a cookie

            P0                 | P1
            x = 1              | lock
            cookie = startPoll | r0 = x
            poll cookie        | r1 = y
            y = 1              | unlock

            never r0 = 0 and r1 = 1
            because the cookie is of a grace period that begins after it was taken
            twin never asked: P0 without poll cookie
            """, """
            MP+early-poll+rcu-turned: by a cookie from before the store

            P0                 | P1
            cookie = startPoll | lock
            synchronize        | r0 = x
            x = 1              | r1 = y
            poll cookie        | unlock
            y = 1              |

            sometimes r0 = 0 and r1 = 1
            because its grace period may have elapsed before the store
            """, """
            MP+cond+rcu-turned: by a cookie that nobody has asked for

            P0                     | P1
            x = 1                  | lock
            cookie = getState      | r0 = x
            condSynchronize cookie | r1 = y
            y = 1                  | unlock

            never r0 = 0 and r1 = 1
            because the wait is for a grace period that begins after the cookie was taken
            twin never waited: P0 without condSynchronize cookie
            """, """
            MP+call+rcu-turned: by a callback

            P0         | P1
            x = 1      | lock
            call y = 1 | r0 = x
                       | r1 = y
                       | unlock

            never r0 = 0 and r1 = 1
            because a callback runs behind a grace period that began after it was queued
            twin no grace period: P0 with y = 1 in place of call y = 1
            """, """
            MP+call+rcu-lingering: by a callback, and a section that lasts until it might have run

            P0         | P1
            x = 1      | lock
            call y = 1 | r0 = x
                       | linger
                       | r1 = y
                       | unlock

            never r0 = 0 and r1 = 1
            because a callback runs behind a grace period that began after it was queued
            twin no grace period: P0 with y = 1 in place of call y = 1
            flavours rcu srcu
            """, """
            MP+call-barrier+rcu-turned: by a barrier behind a callback

            P0         | P1
            x = 1      | lock
            call z = 1 | r0 = x
            barrier    | r1 = y
            y = 1      | unlock

            never r0 = 0 and r1 = 1
            because the barrier waits for the callback, and the callback for the grace period
            twin no barrier: P0 without barrier
            twin no callback: P0 without call z = 1
            """, """
            MP+barrier+rcu-turned: a barrier alone

            P0      | P1
            x = 1   | lock
            barrier | r0 = x
            y = 1   | r1 = y
                    | unlock

            sometimes r0 = 0 and r1 = 1
            because a barrier without callbacks waits for nobody
            """, """
            MP+call+barrier: a barrier waits for callbacks

            P0         | P1
            call x = 1 | lock
            barrier    | r0 = y
            y = 1      | r1 = x
                       | unlock

            never r0 = 1 and r1 = 0
            because the callback has run when the barrier returns
            twin no barrier: P0 without barrier
            """, """
            SB+syncs: a grace period is a full fence

            P0          | P1
            x = 1       | y = 1
            synchronize | synchronize
            r0 = y      | r1 = x

            never r0 = 0 and r1 = 0
            because whoever waits passes a full fence
            twin no grace periods: P0 without synchronize, P1 without synchronize
            """, """
            SB+polls: so is a cookie whose grace period has elapsed

            P0             | P1
            x = 1          | y = 1
            poll COMPLETED | poll COMPLETED
            r0 = y         | r1 = x

            never r0 = 0 and r1 = 0
            because a pollState that says true passes a full fence
            twin not asked: P0 without poll COMPLETED, P1 without poll COMPLETED
            """);

    private WaitingPatterns() {}
}
