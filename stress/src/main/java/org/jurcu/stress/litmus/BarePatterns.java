package org.jurcu.stress.litmus;

import java.util.List;

/** Without grace periods: whether the harness sees what this machine reorders, and that a section orders nothing. */
final class BarePatterns {
    static final List<String> TEXTS = List.of("""
            SB: two threads store, then each loads what the other has stored

            P0     | P1
            x = 1  | y = 1
            r0 = y | r1 = x

            sometimes r0 = 0 and r1 = 0
            because a load may overtake an earlier store, on x86 too: if this is not seen, nothing that rests on it would be
            flavours none
            """, """
            SB+mbs: a full fence between them

            P0     | P1
            x = 1  | y = 1
            mb     | mb
            r0 = y | r1 = x

            never r0 = 0 and r1 = 0
            because both fences are full, and one of them comes first
            twin no fence: P1 without mb
            flavours none
            """, """
            MP: one thread stores twice, the other loads in the opposite order

            P0    | P1
            x = 1 | r0 = y
            y = 1 | r1 = x

            sometimes r0 = 1 and r1 = 0
            because opaque accesses to two variables are not ordered
            unseen on x86: stores are seen in their order, and loads are done in theirs
            flavours none
            """, """
            LB: each thread loads what the other stores afterwards

            P0     | P1
            r0 = x | r1 = y
            y = 1  | x = 1

            sometimes r0 = 1 and r1 = 1
            because a store may overtake an earlier load
            unseen on x86: no store overtakes a load
            flavours none
            """, """
            SB+rcu+rcu: each thread within one section

            P0     | P1
            lock   | lock
            x = 1  | y = 1
            r0 = y | r1 = x
            unlock | unlock

            sometimes r0 = 0 and r1 = 0
            because a section orders nothing but itself against grace periods
            """, """
            MP+rcu+rcu: two sections that overlap

            P0     | P1
            lock   | lock
            x = 1  | r0 = x
            y = 1  | r1 = y
            unlock | unlock

            sometimes r0 = 0 and r1 = 1
            because sections do not exclude each other
            """);

    private BarePatterns() {}
}
