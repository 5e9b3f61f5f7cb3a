package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.stress.campaign.mutants.Sighting.Kind;
import org.jurcu.stress.campaign.process.ChildProcess;

class DetectorTest {
    @ParameterizedTest
    @CsvSource({"0,GREEN", "1,RED", "2,BROKEN", "3,BROKEN", "137,BROKEN"})
    void aReplaySpeaksByItsStatus(int status, Kind kind) {
        Sighting sighting = ReplayDetector.sighting(
                new ChildProcess.End(status, false), List.of("trace  verdict", " x.gz  violation: a leak "));
        assertEquals(kind, sighting.kind());
        if (kind == Kind.RED) {
            assertEquals("x.gz  violation: a leak", sighting.what());
        }
    }

    @Test
    void aReplayMayHang() {
        assertEquals(
                Kind.HUNG,
                ReplayDetector.sighting(new ChildProcess.End(0, true), List.of())
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unit m p.ATest",
                "unit m p.ATest#one -Djurcu.strict=true",
                "model m p.AModelTest",
                "jcstress A\\.Shipped$",
                "litmus ^MP.poll",
                "replay traces/a.gz --layout split"
            })
    void aLabelIsReadAndWrittenAlike(String label) {
        Detector detector = Detector.of(label);
        assertEquals(label, detector.label());
        assertEquals(label.split(" ", 2)[0], detector.kind());
        assertEquals(label.startsWith("jcstress") || label.startsWith("litmus"), detector.isExclusive());
    }
}
