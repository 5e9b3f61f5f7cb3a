package org.jurcu.stress.campaign.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "1, 1 ns",
        "1.53, 1.53 ns",
        "12.34, 12.3 ns",
        "999, 999 ns",
        "999.7, 1.00 µs",
        "1000, 1 µs",
        "6595, 6.60 µs",
        "39452671, 39.5 ms",
        "642777087, 643 ms",
        "2418016255, 2.42 s",
        "60000000000, 60 s",
        "1e13, '10,000 s'"
    })
    void threeDigitsAndAUnit(double nanoseconds, String text) {
        assertEquals(text, TimeFormat.text(nanoseconds));
        assertEquals(text, new TimeFormat().format(nanoseconds));
    }
}
