package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.Kernel;
import org.jurcu.task.SigchldAction;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.Wait;

/**
 * Runs lifetimes through the model as fast as its threads can, with readers beside them, and audits the end: every task that
 * was born was freed once, with its counts at zero, and no reader held or met one that was freed.
 *
 * <pre>{@code
 * SoakReport report = Soak.run(SoakOptions.count(2, 2, TaskLayout.TAGGED, 1, 10_000_000), progress -> {
 *     System.out.println(progress.frees() + " freed, " + progress.backlog() + " in flight");
 * });
 * System.out.println(report.perSecond() + " lifetimes a second, " + (report.passed() ? "all well" : report.faults()));
 * }</pre>
 *
 * <p>Blocks until the load is over and every callback has run; the watcher is called on the calling thread. Memory is bounded:
 * a CPU pauses while more than {@link #BACKLOG} tasks are unfreed. One soak at a time in a process, and no replay meanwhile,
 * since refcount warnings have one handler.
 */
public final class Soak {
    /** Tasks that may live or wait for their grace periods before the CPUs pause. */
    public static final int BACKLOG = 1 << 13;

    private static final int MOST_BARRIERS = 8;

    /** Of the slab: what the backlog allows, what each CPU adds until it looks, and whoever was there before. */
    private static int mostSlots(int cpus) {
        return BACKLOG + cpus * (SoakCpu.LOOK_EVERY + 2) + 256;
    }

    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final SoakOptions options;
    private final Kernel kernel;
    private final SoakAudit audit;
    private final List<SoakCpu> cpus = new ArrayList<>();
    private final List<SoakReader> readers = new ArrayList<>();
    /** The drivers' threads, their leader first, and the careless processes. */
    private final List<TaskStruct> own = new ArrayList<>();

    private long ownForks;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch loadOver = new CountDownLatch(1);
    /** A zombie that all CPUs may reap, and whose it is: {@code cpu << 32 | number}, 0 for none. */
    private final AtomicLong left = new AtomicLong();

    private long mostBacklog;
    private long mostHeap;

    private Soak(SoakOptions options, Kernel kernel, SoakAudit audit) {
        this.options = options;
        this.kernel = kernel;
        this.audit = audit;
    }

    /** Runs a soak; {@code watcher} is told of its progress at every interval and at the end. */
    public static SoakReport run(SoakOptions options, Consumer<SoakProgress> watcher) {
        return run(options, watcher, (cpus, tracepoints) -> Kernel.create("soak", cpus, options.layout(), tracepoints));
    }

    /** Makes the kernel: a test's may be broken. */
    interface KernelFactory {
        Kernel create(int cpus, Tracepoints tracepoints);
    }

    static SoakReport run(SoakOptions options, Consumer<SoakProgress> watcher, KernelFactory kernels) {
        ONE_AT_A_TIME.lock();
        SoakAudit audit = new SoakAudit(options.layout(), mostSlots(options.cpus()));
        RefcountWarningHandler before = RefcountWarnings.handler();
        try (Kernel kernel = kernels.create(options.cpus(), audit)) {
            audit.watch(kernel);
            RefcountWarnings.setHandler((warning, counter, old) -> {
                if (kernel.ownerOf(counter) != null) {
                    audit.warning(warning + " \"" + warning.text() + "\" of " + counter);
                } else {
                    before.onWarning(warning, counter, old);
                }
            });
            return new Soak(options, kernel, audit).run(watcher);
        } finally {
            RefcountWarnings.setHandler(before);
            ONE_AT_A_TIME.unlock();
        }
    }

    SoakAudit audit() {
        return audit;
    }

    int cpus() {
        return options.cpus();
    }

    int lastPid(int cpu) {
        return cpus.get(cpu).lastPid();
    }

    /** The time is up. */
    boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** The CPUs have ended. */
    boolean isLoadOver() {
        return loadOver.getCount() == 0;
    }

    boolean backlogIsFull() {
        return forks() - audit.frees() > BACKLOG;
    }

    private long forks() {
        long sum = ownForks;
        for (SoakCpu cpu : cpus) {
            sum += cpu.forks();
        }
        return sum;
    }

    private long sections() {
        long sum = 0;
        for (SoakReader reader : readers) {
            sum += reader.sections();
        }
        return sum;
    }

    private SoakReport run(Consumer<SoakProgress> watcher) {
        prepare();
        long start = System.nanoTime();
        List<Thread> cpuThreads = start("cpu", cpus);
        List<Thread> readerThreads = start("reader", readers);
        watch(start, cpuThreads, watcher);
        double seconds = (System.nanoTime() - start) / 1e9;
        loadOver.countDown();
        readerThreads.forEach(Soak::join);
        guarded("end", this::end);
        return report(seconds);
    }

    private void prepare() {
        TaskStruct driver = birth(kernel.init(), 0);
        long each = options.lifetimes() / options.cpus();
        long rest = options.lifetimes() % options.cpus();
        Dice seeds = new Dice(options.seed());
        for (int cpu = 0; cpu < options.cpus(); cpu++) {
            TaskStruct thread = cpu == 0 ? driver : birth(driver, SoakCpu.THREAD);
            TaskStruct careless = birth(kernel.init(), 0);
            kernel.signals().setSigchldAction(careless, SigchldAction.IGNORE);
            cpus.add(new SoakCpu(this, kernel, cpu, seeds.next(), each + (cpu < rest ? 1 : 0), thread, careless));
        }
        for (int i = 0; i < options.readers(); i++) {
            readers.add(new SoakReader(this, kernel, seeds.next()));
        }
    }

    private TaskStruct birth(TaskStruct parent, long flags) {
        TaskStruct task = kernel.fork().copyProcess(parent, flags);
        own.add(task);
        ownForks++;
        return task;
    }

    private List<Thread> start(String role, List<? extends Runnable> work) {
        List<Thread> threads = new ArrayList<>();
        for (Runnable run : work) {
            Thread thread =
                    new Thread(() -> guarded("thread of a " + role, run), "jurcu-soak-" + role + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        return threads;
    }

    private void guarded(String role, Runnable run) {
        try {
            run.run();
        } catch (RuntimeException | Error e) {
            audit.fault("the " + role + " failed with " + e);
            stop.countDown();
        }
    }

    private void watch(long start, List<Thread> cpuThreads, Consumer<SoakProgress> watcher) {
        long deadline = options.time().toNanos();
        long next = options.interval().toNanos();
        for (Thread thread : cpuThreads) {
            while (thread.isAlive()) {
                long passed = System.nanoTime() - start;
                if (passed >= deadline) {
                    stop.countDown();
                }
                if (passed >= next) {
                    next += options.interval().toNanos();
                    watcher.accept(look(passed));
                }
                long wait = isStopped() ? 10_000_000 : Math.min(deadline, next) - (System.nanoTime() - start);
                joinFor(thread, Math.max(1, wait / 1_000_000));
            }
        }
        watcher.accept(look(System.nanoTime() - start));
    }

    private SoakProgress look(long passed) {
        Runtime runtime = Runtime.getRuntime();
        long frees = audit.frees(); // before the forks, so that the difference is not negative
        SoakProgress now = new SoakProgress(
                passed / 1e9,
                forks(),
                frees,
                kernel.slabCapacity(),
                runtime.totalMemory() - runtime.freeMemory(),
                sections());
        mostBacklog = Math.max(mostBacklog, now.backlog());
        mostHeap = Math.max(mostHeap, now.heapBytes());
        return now;
    }

    /** The zombie that was left last: it is there, or somebody has reaped it. */
    long left() {
        return left.get();
    }

    /** Leaves {@code zombie} in the place of one that is no more; false if another CPU was faster. */
    boolean leave(long gone, long zombie) {
        return left.compareAndSet(gone, zombie);
    }

    /** The soak's own tasks end like all others; then every callback runs. */
    private void end() {
        for (int cpu = 0; cpu < options.cpus(); cpu++) {
            kernel.scheduler().contextSwitch(cpu, kernel.idle(), false);
        }
        TaskStruct driver = own.get(0);
        int last = (int) left.get();
        if (last != 0) {
            kernel.waits().wait4(driver, last, Wait.WNOHANG); // or somebody has reaped it
        }
        if (kernel.waits().wait4(driver, -1, Wait.WNOHANG) != -Wait.ECHILD) {
            audit.fault("the drivers have children that nobody reaped");
        }
        for (int i = own.size(); i-- > 0; ) { // threads before their leader
            kernel.exit().doExit(own.get(i));
            kernel.scheduler().doTaskDead(own.get(i));
        }
        while (kernel.waits().wait4(kernel.init(), -1, Wait.WNOHANG) > 0) {
            // init reaps the processes
        }
        for (int i = 0; i < MOST_BARRIERS && audit.frees() < forks(); i++) {
            kernel.rcu().barrier();
        }
        int numbers = kernel.pids().pidAllocated();
        if (numbers != 1) {
            audit.fault(numbers + " pids are in use at the end, and only init's should be");
        }
    }

    private SoakReport report(double seconds) {
        long reapedByAnother = 0;
        for (SoakCpu cpu : cpus) {
            reapedByAnother += cpu.reapedByAnother();
        }
        long hits = 0;
        for (SoakReader reader : readers) {
            hits += reader.hits();
        }
        return new SoakReport(
                options.layout().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                options.cpus(),
                options.readers(),
                options.seed(),
                forks(),
                audit.frees(),
                audit.doubleFrees(),
                audit.warnings(),
                audit.readerFaults(),
                reapedByAnother,
                sections(),
                hits,
                kernel.slabCapacity(),
                mostBacklog,
                mostHeap,
                seconds,
                forks() / seconds,
                audit.faults());
    }

    private static void join(Thread thread) {
        while (thread.isAlive()) {
            joinFor(thread, 1000);
        }
    }

    private static void joinFor(Thread thread, long millis) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
