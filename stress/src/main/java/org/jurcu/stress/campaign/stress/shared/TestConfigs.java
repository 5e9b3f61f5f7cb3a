package org.jurcu.stress.campaign.stress.shared;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.CPUMap;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.vm.CompileMode;

/** What jcstress would tell the JVM that it starts for a test: how long, on which processors. */
final class TestConfigs {
    /** An iteration ends at the end of so many strides; jcstress' own number lets a slow test run far beyond its time. */
    private static final int STRIDES = 10;

    private final Options options;
    private final Scheduler scheduler;
    private final Map<Integer, Placement> placements = new HashMap<>();

    private record Placement(SchedulingClass schedulingClass, CPUMap cpus) {}

    private TestConfigs(Options options, Scheduler scheduler) {
        this.options = options;
        this.scheduler = scheduler;
    }

    static TestConfigs of(String iterations, String millis) throws IOException {
        // Without -c jcstress would burn a second to count the processors.
        String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
        Options options = new Options(new String[] {
            "-iters", iterations, "-time", millis, "-c", processors, "-strideCount", Integer.toString(STRIDES)
        });
        options.parse();
        return new TestConfigs(options, new Scheduler(Topology.get(), options.getCPUCount()));
    }

    TestConfig of(String test) {
        TestInfo info = TestList.getInfo(test);
        Placement placement = placements.computeIfAbsent(info.threads(), this::place);
        TestConfig config =
                new TestConfig(options, info, 0, List.of(), CompileMode.UNIFIED, placement.schedulingClass());
        config.setCPUMap(placement.cpus());
        return config;
    }

    /** The processors are this JVM's until it ends, for one test after the other. */
    private Placement place(int actors) {
        SchedulingClass chosen = scheduler
                .scheduleClasses(actors, options.getCPUCount(), AffinityMode.LOCAL)
                .get(0);
        CPUMap cpus = scheduler.tryAcquire(chosen);
        scheduler.release(cpus);
        return new Placement(chosen, cpus);
    }
}
