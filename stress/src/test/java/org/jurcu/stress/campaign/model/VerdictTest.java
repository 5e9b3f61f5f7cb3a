package org.jurcu.stress.campaign.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void aViolationBeatsAllAndNothingIsNoPass() {
        assertEquals(Verdict.INCONCLUSIVE, Verdict.over(List.of()));
        assertEquals(Verdict.PASS, Verdict.over(List.of(Verdict.PASS, Verdict.PASS)));
        assertEquals(Verdict.INCONCLUSIVE, Verdict.over(List.of(Verdict.PASS, Verdict.INCONCLUSIVE)));
        assertEquals(Verdict.VIOLATION, Verdict.over(List.of(Verdict.INCONCLUSIVE, Verdict.VIOLATION, Verdict.PASS)));
    }

    @Test
    void exitStatusesAreThoseDocumented() {
        assertEquals(0, Verdict.PASS.exitStatus());
        assertEquals(1, Verdict.VIOLATION.exitStatus());
        assertEquals(3, Verdict.INCONCLUSIVE.exitStatus());
    }

    @Test
    void aPartThatWasNotAskedForHasNoSay() {
        Section<String> pass = new Section<>(Verdict.PASS, List.of(), List.of(), 1, 1, 1, List.of(), List.of("x"));
        assertEquals(Verdict.PASS, CampaignReport.verdictOf(List.of(pass)));
        assertEquals(Verdict.INCONCLUSIVE, CampaignReport.verdictOf(List.of()));
    }

    @Test
    void theProcessorIsFoundInWhatLinuxWrites() {
        List<String> lines = List.of("processor\t: 0", "model name\t: Some CPU @ 2.0GHz", "model name\t: Another");
        assertEquals("Some CPU @ 2.0GHz", Host.valueOf(lines, "model name", "unknown"));
        assertEquals("unknown", Host.valueOf(List.of(), "model name", "unknown"));
    }
}
