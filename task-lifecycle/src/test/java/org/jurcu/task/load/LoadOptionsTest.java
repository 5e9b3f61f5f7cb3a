package org.jurcu.task.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadOptionsTest {
    @Test
    void aMixIsReadAsItIsWritten() {
        Mix mix = Mix.parse("exit=8, threads ,namespace=0");
        assertEquals(8, mix.weight(LifePath.EXIT));
        assertEquals(1, mix.weight(LifePath.THREADS));
        assertEquals(0, mix.weight(LifePath.NAMESPACE));
        assertEquals(0, mix.weight(LifePath.POLL));
        assertEquals("exit=8,threads=1", mix.toString());
        for (LifePath path : LifePath.values()) {
            assertEquals(path != LifePath.STOPS, Mix.parse("all").weight(path) > 0, path.word());
            assertEquals(path.word() + "=1", Mix.only(path).toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "walk=1|the mix has no path 'walk'; there is exit, autoreap, no-cld-wait, poll, peek, reaped-running,"
                        + " threads, leader-first, group-exit, exec-thread, exec-dead-leader, orphans, groups, traced,"
                        + " namespace, stops",
                "exit=two|a weight of the mix is 0 to 1000000, not 'two'",
                "exit=-1|a weight of the mix is 0 to 1000000, not '-1'",
                "exit,exit=2|the mix names exit twice",
                "exit=0|every weight of the mix is 0: nothing would be generated"
            })
    void aWrongMixIsOneSentence(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> Mix.parse(text))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|10|32768|a machine has 1 to 8192 CPUs, not 0",
                "8193|10|32768|a machine has 1 to 8192 CPUs, not 8193",
                "2|0|32768|tasks must be 1 to 100000000, not 0",
                "2|10|587|the largest pid must be 588 to 4194304 for 2 CPUs, not 587",
                "2|10|4194305|the largest pid must be 588 to 4194304 for 2 CPUs, not 4194305"
            })
    void aWrongNumberIsOneSentence(int cpus, int tasks, int pidMax, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> new LoadOptions(1, cpus, tasks, Mix.all(), pidMax))
                        .getMessage());
    }

    /** The smallest machine that is allowed for the largest load does not run out of numbers. */
    @Test
    void theLeastPidMaxIsEnough() throws java.io.IOException {
        for (int cpus : new int[] {1, 2, 60}) {
            int least = 300 + (cpus + 1) * 96;
            LoadOptions options = new LoadOptions(11, cpus, 5000, Mix.all(), least);
            assertEquals(
                    5000,
                    LoadGenerator.write(java.io.OutputStream.nullOutputStream(), options)
                            .tasks());
        }
    }

    @Test
    void diceAreFair() {
        Dice dice = new Dice(42);
        int[] seen = new int[6];
        for (int i = 0; i < 60_000; i++) {
            seen[dice.below(6)]++;
        }
        for (int n : seen) {
            assertTrue(n > 9_500 && n < 10_500, "a side came " + n + " times in 60,000");
        }
        assertEquals(3, dice.between(3, 3));
    }
}
