package org.jurcu.stress.campaign.stress.shared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final SharedOptions options;
    private final int processors;
    private final Scheduler scheduler;
    private final Map<Integer, Placement> placements = new HashMap<>();

    private record Placement(SchedulingClass schedulingClass, CPUMap cpus) {}

    private TestConfigs(SharedOptions options, int processors, Scheduler scheduler) {
        this.options = options;
        this.processors = processors;
        this.scheduler = scheduler;
    }

    static TestConfigs of(int iterations, int millis) {
        int processors = Runtime.getRuntime().availableProcessors();
        SharedOptions options = new SharedOptions(iterations, millis);
        return new TestConfigs(options, processors, new Scheduler(Topology.get(), processors));
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
                .scheduleClasses(actors, processors, AffinityMode.LOCAL)
                .get(0);
        CPUMap cpus = scheduler.tryAcquire(chosen);
        scheduler.release(cpus);
        return new Placement(chosen, cpus);
    }
}
