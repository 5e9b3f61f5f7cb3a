package org.jurcu.stress.campaign.stress.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.runners.ResourceEstimator;

class BriefConfigTest {
    private static final int MILLIS = 30;
    private static final long ITERATION = MILLIS * 1_000_000L;

    private final List<Integer> tried = new ArrayList<>();
    private BriefConfig config;
    private int stride;
    private int most;

    @BeforeEach
    void ofATest() {
        config = new BriefConfig(TestConfigs.of(3, MILLIS).of("org.jurcu.stress.races.PlatformDekker.ModelVolatile"));
        stride = config.strideSize;
        most = config.strideSize * config.strideCount;
    }

    private ResourceEstimator costing(long bytes, long nanos) {
        return (samples, spent) -> {
            tried.add(samples);
            spent[0] += samples * bytes;
            spent[1] += samples * nanos;
        };
    }

    private int samples() {
        return config.strideSize * config.strideCount;
    }

    @Test
    void aFastTestGetsAllAfterAFewRuns() {
        config.adjustStrideCount(costing(16, 100));
        assertEquals(most, samples());
        assertEquals(stride, config.strideSize);
        assertTrue(tried.size() < 20, tried.toString());
    }

    @Test
    void aSlowTestGetsWhatFitsIntoAnIteration() {
        config.adjustStrideCount(costing(16, ITERATION / 1000));
        assertEquals(512, samples());
        assertEquals(stride, config.strideSize);
    }

    @Test
    void aVerySlowTestGetsAShortStride() {
        config.adjustStrideCount(costing(16, ITERATION / 10));
        assertEquals(8, config.strideSize);
        assertEquals(1, config.strideCount);
    }

    @Test
    void aTestThatNeedsMuchMemoryGetsWhatFits() {
        config.adjustStrideCount(costing(config.maxFootprintMB * 1024L * 1024 / 100, 100));
        assertEquals(64, samples());
    }

    @Test
    void aTestThatBlowsTheHeapGetsWhatDidNot() {
        config.adjustStrideCount((samples, spent) -> {
            if (samples > 100) {
                throw new OutOfMemoryError("as if");
            }
        });
        assertEquals(64, samples());
    }

    @Test
    void whatTheFirstRunTakesIsNotTheTests() {
        config.adjustStrideCount((samples, spent) -> {
            spent[1] = tried.isEmpty() ? 10 * ITERATION : samples * 100L;
            tried.add(samples);
        });
        assertEquals(most, samples());
    }

    @Test
    void whoHeldUpOneRunDoesNotDecide() {
        config.adjustStrideCount((samples, spent) -> {
            spent[1] = tried.contains(samples) ? samples * 100L : 10 * ITERATION;
            tried.add(samples);
        });
        assertEquals(most, samples());
    }

    @Test
    void theLastSuccessIsNotExceeded() {
        config.adjustStrideCount(costing(16, 2 * ITERATION));
        assertEquals(1, samples());
    }
}
