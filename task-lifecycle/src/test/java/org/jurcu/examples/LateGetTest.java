package org.jurcu.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The example does what it says. */
class LateGetTest {
    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void theUnionSaysYesAndLosesACallbackTheOthersRefuse() throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            LateGet.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        assertEquals("""
                UNION: the late get says true
                  the word: 0xffff888000000140 -> 0xffff888000000141
                  callbacks that ran: 1 of 2
                  pid 2: count op on rcu_head (QUEUED, 0xffff888000000140 -> 0xffff888000000141)
                  pid 2: bogus success (QUEUED, 0xffff888000000140 -> 0xffff888000000141)
                  pid 4: link into nowhere (QUEUED, 0xffff888000000141 -> 0xffff888000000140)
                  pid 4: lost callback (QUEUED, 0x0000000000000000 -> 0xffff888000000140)
                SPLIT: the late get says false
                  the word: 0x0000000000000000 -> 0x0000000000000000
                  callbacks that ran: 2 of 2
                TAGGED: the late get says false
                  the word: 0x90000002c0000000 -> 0x90000002c0000000
                  callbacks that ran: 2 of 2
                """, printed.toString(UTF_8));
    }
}
