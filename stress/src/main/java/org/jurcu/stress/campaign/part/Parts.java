package org.jurcu.stress.campaign.part;

import java.util.List;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.ModelResult;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TortureResult;

/** The parts that there are. A further one is a class that implements {@link Part}, and a line here. */
public final class Parts {
    /** Races with jcstress. */
    public static final Part<StressResult> STRESS = new StressPart();

    /** Whole domains under torture. */
    public static final Part<TortureResult> TORTURE = new TorturePart();

    /** What the kernel's memory model says of RCU. */
    public static final Part<LitmusResult> LITMUS = new LitmusPart();

    /** Measurements with JMH. */
    public static final Part<BenchmarkResult> BENCH = new BenchPart();

    /** The algorithms in a model checker. */
    public static final Part<ModelResult> MODELS = new ModelsPart();

    /** The library, wrong in one line at a time. */
    public static final Part<MutantResult> MUTANTS = new MutantsPart();

    /** In the order in which they are run, printed and shown. */
    public static final List<Part<?>> ALL = List.of(
            new ReplayPart(), // seconds, and the strongest oracle
            LITMUS,
            STRESS,
            TORTURE,
            BENCH,
            MODELS,
            MUTANTS);

    private Parts() {}
}
