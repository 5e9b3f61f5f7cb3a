package org.jurcu.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;

/**
 * Measures a put that is not the last, on each layout, beside its floor: one bare {@code getAndAdd}. {@code PRE_UNION} has
 * no rcu users, so there it is {@code put_task_struct}.
 *
 * <p>Each layout gets a JVM of its own, as in a real program: what a process that loads several pays for calls is not the
 * put's price. Puts are taken in batches, put and floor by turns, and the medians are compared; JMH does it better, see
 * docs/performance.md.
 *
 * <pre>
 * mvn verify
 * java -cp benchmarks/target/benchmarks.jar:task-lifecycle/target/test-classes org.jurcu.examples.MeasurePut
 * </pre>
 *
 * <p>The arguments are the number of batches and the layouts; without any, 500 and all of them.
 */
public final class MeasurePut {
    private static final int BATCH = 10_000;

    private final TaskStruct task;
    private final boolean rcuUsers;
    private final AtomicLong bare = new AtomicLong();

    private MeasurePut(Kernel kernel) {
        this.task = kernel.fork().copyProcess(kernel.init(), 0);
        this.rcuUsers = kernel.layout().hasRcuUsers();
    }

    private int users() {
        return rcuUsers ? task.rcuUsers() : task.usage();
    }

    private void getUsers() {
        for (int i = 0; i < BATCH; i++) {
            boolean got = rcuUsers ? task.tryGetTaskStructRcuUser() : task.tryGetTaskStruct();
            if (!got) {
                throw new IllegalStateException("the task has died although it was not reaped");
            }
        }
    }

    private void putUsers() {
        for (int i = 0; i < BATCH; i++) {
            if (rcuUsers) {
                task.putTaskStructRcuUser();
            } else {
                task.putTaskStruct();
            }
        }
    }

    private void floor() {
        for (int i = 0; i < BATCH; i++) {
            bare.getAndAdd(-1);
        }
    }

    /** What refcount_t had to say so far. */
    private static long reports() {
        return Arrays.stream(RefcountWarning.values())
                .mapToLong(RefcountWarnings::count)
                .sum();
    }

    private static double nanosEach(Runnable batch) {
        long start = System.nanoTime();
        batch.run();
        return (double) (System.nanoTime() - start) / BATCH;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Measures in this JVM. */
    private static void measure(TaskLayout layout, int batches) {
        double[] puts = new double[batches];
        double[] floors = new double[batches];
        try (Kernel kernel = Kernel.create("measure", 1, layout, Tracepoints.NONE)) {
            MeasurePut m = new MeasurePut(kernel);
            int before = m.users();
            for (int i = 0; i < batches; i++) {
                m.getUsers();
                puts[i] = nanosEach(m::putUsers);
                floors[i] = nanosEach(m::floor);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-9s put %5.2f ns, floor %5.2f ns: %.2f x; %d puts, users %d -> %d, %d reports%n",
                    layout,
                    median(puts),
                    median(floors),
                    median(puts) / median(floors),
                    (long) batches * BATCH,
                    before,
                    m.users(),
                    reports());
        }
    }

    /** Measures in a new JVM, so that it knows no layout but one. */
    private static void measureApart(String layout, String batches) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), MeasurePut.class.getName(), batches, layout)
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            out.transferTo(System.out);
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException("measuring " + layout + " ended with status " + status);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String batches = args.length > 0 ? args[0] : "500";
        if (args.length == 2) {
            measure(TaskLayout.valueOf(args[1]), Integer.parseInt(batches));
            return;
        }
        for (TaskLayout layout : TaskLayout.values()) {
            measureApart(layout.name(), batches);
        }
    }
}
