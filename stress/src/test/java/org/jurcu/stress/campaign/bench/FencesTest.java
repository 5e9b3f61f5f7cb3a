package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.stress.campaign.model.CampaignException;

class FencesTest {
    @Test
    void autoIsWhatTheLibraryChose() throws CampaignException {
        assertEquals(List.of("full"), Fences.chosen(List.of("auto"), "full"));
        assertEquals(List.of("membarrier", "full"), Fences.chosen(List.of("auto", "full"), "membarrier"));
        assertEquals(List.of(AsymmetricFence.strategy()), Fences.chosen(List.of("auto")));
    }

    @Test
    void noStrategyIsMeasuredTwice() throws CampaignException {
        assertEquals(List.of("full"), Fences.chosen(List.of("full", "auto", "full"), "full"));
    }

    @Test
    void whatIsNotToBeHadIsRefusedBeforeItCouldFailAHundredTimes() {
        CampaignException e =
                assertThrows(CampaignException.class, () -> Fences.chosen(List.of("full", "membarrier"), "full"));
        assertTrue(e.getMessage().startsWith("the fence membarrier is not to be had here"), e.getMessage());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        CampaignException e = assertThrows(CampaignException.class, () -> Fences.chosen(List.of("mb"), "full"));
        assertEquals("there is no fence 'mb'; there is auto, membarrier, full", e.getMessage());
    }
}
