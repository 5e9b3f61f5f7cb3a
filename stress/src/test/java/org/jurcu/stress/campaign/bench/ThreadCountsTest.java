package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.stress.campaign.model.CampaignException;

class ThreadCountsTest {
    @Test
    void autoIsThePowersOfTwoUpToTheProcessorsAndThese() throws Exception {
        assertEquals(List.of(1), ThreadCounts.chosen("auto", 1));
        assertEquals(List.of(1, 2), ThreadCounts.chosen("auto", 2));
        assertEquals(List.of(1, 2, 4, 8), ThreadCounts.chosen("auto", 8));
        assertEquals(List.of(1, 2, 4, 8, 12), ThreadCounts.chosen("auto", 12));
    }

    @Test
    void aListIsTakenInOrderAndEachOnce() throws Exception {
        assertEquals(List.of(1, 3, 16), ThreadCounts.chosen("16,1, 3,1", 2));
        assertEquals(List.of(4096), ThreadCounts.chosen("4096", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "two", "1,,2", "1,", "4097", "99999999999", "1.5", "auto,1", "١"})
    void whatIsNoListIsRefusedInASentence(String word) {
        String said = assertThrows(CampaignException.class, () -> ThreadCounts.chosen(word, 2))
                .getMessage();
        assertTrue(said.contains("is no number of threads; give auto, or numbers from 1 to 4096"), said);
    }
}
