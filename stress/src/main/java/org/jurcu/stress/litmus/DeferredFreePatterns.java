package org.jurcu.stress.litmus;

import java.util.List;

/** A pointer is published, replaced, and what it led to is destroyed; to destroy {@code a} is to write 1 into it. */
final class DeferredFreePatterns {
    static final List<String> TEXTS = List.of("""
            MP+assign+dereference: publication

            P0     | P1
            a = 1  | lock
            p := a | r0 := p
                   | r1 = *r0
                   | unlock

            initially p := b
            never r0 = a and r1 = 0
            because what was stored before the assignment is seen through the pointer
            twin published too early: P0 with p := a before a = 1
            """, """
            RCU+sync+free: what a section found is not destroyed in it

            P0          | P1
            p := b      | lock
            synchronize | r0 := p
            a = 1       | r1 = *r0
                        | unlock

            initially p := a
            never r0 = a and r1 = 1
            because the section found the old one, so it began before the grace period did
            twin no grace period: P0 without synchronize
            twin two sections: P1 split after r0 := p
            twin waits too early: P0 with synchronize before p := b
            frozen
            """, """
            RCU+call+free: the same by a callback

            P0         | P1
            p := b     | lock
            call a = 1 | r0 := p
                       | r1 = *r0
                       | unlock

            initially p := a
            never r0 = a and r1 = 1
            because a callback runs behind a grace period that began after it was queued
            twin no grace period: P0 with a = 1 in place of call a = 1
            """, """
            RCU+expedited+free: the same in a hurry

            P0                    | P1
            p := b                | lock
            synchronize expedited | r0 := p
            a = 1                 | r1 = *r0
                                  | unlock

            initially p := a
            never r0 = a and r1 = 1
            because it is a grace period like any other
            twin no grace period: P0 without synchronize expedited
            twin two sections: P1 split after r0 := p
            """);

    private DeferredFreePatterns() {}
}
