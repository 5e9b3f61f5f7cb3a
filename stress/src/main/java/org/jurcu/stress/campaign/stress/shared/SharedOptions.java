package org.jurcu.stress.campaign.stress.shared;

import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;

/** What a test is told by jcstress' options, which would keep all processors busy for a second if they were parsed, to count them. */
final class SharedOptions extends Options {
    /** An iteration ends at the end of so many strides; jcstress' own number lets a slow test run far beyond its time. */
    private static final int STRIDES = 10;

    private static final int STRIDE_SIZE = 256;
    private static final int MAX_FOOTPRINT_MB = 64;

    private final int iterations;
    private final int millis;

    SharedOptions(int iterations, int millis) {
        super(new String[0]);
        this.iterations = iterations;
        this.millis = millis;
    }

    @Override
    public int getIterations() {
        return iterations;
    }

    @Override
    public int getTime() {
        return millis;
    }

    @Override
    public int getStrideSize() {
        return STRIDE_SIZE;
    }

    @Override
    public int getStrideCount() {
        return STRIDES;
    }

    @Override
    public int getMaxFootprintMb() {
        return MAX_FOOTPRINT_MB;
    }

    @Override
    public SpinLoopStyle getSpinStyle() {
        return SpinLoopStyle.THREAD_SPIN_WAIT;
    }
}
