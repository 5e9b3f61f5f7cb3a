package org.jurcu.stress.campaign.stress.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;

/**
 * Runs jcstress' own generated code for each test that the file {@code tests} of a directory names, and leaves a result
 * file of jcstress' for each. A JVM for each test, as jcstress has it, costs a second before the first sample, and C2
 * compiles the library anew in each.
 *
 * <p>Says {@code begin TEST} and {@code end TEST}, so that the parent knows which test a JVM died of.
 */
public final class SharedJvm {
    /** The list of the tests, one in a line, in the directory of the results. */
    public static final String TESTS = "tests";

    /** Before the name of a test that begins. */
    public static final String BEGIN = "begin ";

    /** Before the name of a test whose result is on disk. */
    public static final String END = "end ";

    /** The status when actors of a test would not end, so that the next one must not run beside them. */
    static final int STALE_THREADS = 4;

    private static final int ORPHANED = 5;

    private final Path directory;
    private final TestConfigs configs;

    private SharedJvm(Path directory, TestConfigs configs) {
        this.directory = directory;
        this.configs = configs;
    }

    /** Takes the directory, the number of iterations and the milliseconds of each. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        SharedJvm jvm = new SharedJvm(directory, TestConfigs.of(Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        for (String test : Files.readAllLines(directory.resolve(TESTS))) {
            say(BEGIN + test);
            boolean stale = jvm.run(test);
            say(END + test);
            if (stale) {
                System.exit(STALE_THREADS);
            }
        }
        System.exit(0); // threads of the library's domains may be left
    }

    /** Without the parent that listens nobody wants the results, and who resumes its work must have the machine alone. */
    private static void say(String line) {
        System.out.println(line);
        if (System.out.checkError()) {
            System.exit(ORPHANED);
        }
    }

    private boolean run(String test) throws IOException {
        TestConfig config = configs.of(test);
        Runner<?> runner = null;
        TestResult result;
        try {
            runner = Class.forName(config.generatedRunnerName)
                    .asSubclass(Runner.class)
                    .getConstructor(ForkedTestConfig.class)
                    .newInstance(new BriefConfig(config));
            result = runner.run();
        } catch (ReflectiveOperationException | RuntimeException | Error e) { // a test's failure is a result
            result = new TestResult(Status.TEST_ERROR);
            result.addMessages(e);
        }
        result.setConfig(config);
        write(test, result);
        return runner != null && runner.forceExit();
    }

    /** Nobody sees half a file, not even when this JVM is killed. */
    private void write(String test, TestResult result) throws IOException {
        Path fresh = directory.resolve(test + ".new");
        DiskWriteCollector writer = new DiskWriteCollector(fresh.toString());
        writer.add(result);
        writer.close();
        Files.move(fresh, directory.resolve("jcstress-results-" + test + ".bin.gz"), StandardCopyOption.ATOMIC_MOVE);
    }
}
