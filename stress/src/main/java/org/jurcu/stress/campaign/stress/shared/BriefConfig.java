package org.jurcu.stress.campaign.stress.shared;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.ResourceEstimator;
import org.openjdk.jcstress.infra.runners.TestConfig;

/**
 * Finds in a few runs how many samples fit into the time and the memory of an iteration. jcstress tries each number five
 * times and then one larger by a fifth, in two new threads each time: two hundred runs, which for a slow test take the time
 * of thirty iterations, before the first. Here numbers double, and one is tried again only if it did not fit, since others
 * on the machine may have held up its run.
 */
final class BriefConfig extends ForkedTestConfig {
    private static final int FOOTPRINT = 0;
    private static final int NANOS = 1;
    private static final int TRIES = 3;

    BriefConfig(TestConfig config) {
        super(config);
    }

    @Override
    public void adjustStrideCount(ResourceEstimator estimator) {
        estimator.runWith(1, new long[2]); // the first loads classes and starts threads of the library
        int most = strideSize * strideCount;
        int fitting = 1;
        for (int next = 2; fitting < most; next *= 2) {
            int tried = Math.min(next, most);
            if (!fits(estimator, tried)) {
                break;
            }
            fitting = tried;
        }
        strideSize = Math.min(fitting, strideSize);
        strideCount = fitting / strideSize;
    }

    private boolean fits(ResourceEstimator estimator, int samples) {
        for (int tries = 0; tries < TRIES; tries++) {
            if (fitted(estimator, samples)) {
                return true;
            }
        }
        return false;
    }

    private boolean fitted(ResourceEstimator estimator, int samples) {
        long[] spent = new long[2];
        try {
            estimator.runWith(samples, spent);
        } catch (OutOfMemoryError e) {
            return false;
        }
        return spent[FOOTPRINT] <= maxFootprintMB * 1024L * 1024L
                && spent[NANOS] <= TimeUnit.MILLISECONDS.toNanos(time);
    }
}
