package org.jurcu.stress.campaign.soak;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.load.SoakProgress;

/** What a soak held at its beginning, in its middle and at its end. Keeps a bounded number of samples, however long it runs. */
public final class SoakMoments {
    private static final int MOST = 1024;

    private final List<SoakProgress> samples = new ArrayList<>();
    private SoakProgress last;
    private int step = 1;
    private int seen;

    /** Remembers one of every so many. */
    public void sample(SoakProgress now) {
        last = now;
        if (seen++ % step == 0) {
            samples.add(now);
        }
        if (samples.size() == MOST) {
            for (int i = MOST / 2; i-- > 0; ) {
                samples.remove(2 * i + 1);
            }
            step *= 2;
        }
    }

    /** The first sample, that nearest to half of the time, and the last; none if there was none. */
    public List<SoakProgress> startMiddleEnd() {
        return last == null ? List.of() : List.of(samples.get(0), middle(), last);
    }

    private SoakProgress middle() {
        SoakProgress best = samples.get(0);
        for (SoakProgress sample : samples) {
            if (fromMiddle(sample) < fromMiddle(best)) {
                best = sample;
            }
        }
        return best;
    }

    private double fromMiddle(SoakProgress sample) {
        return Math.abs(sample.seconds() - last.seconds() / 2);
    }
}
