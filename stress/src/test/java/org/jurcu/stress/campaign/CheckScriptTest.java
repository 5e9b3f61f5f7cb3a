package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a change, with a mvn and a campaign that claim whatever a test makes them claim. */
class CheckScriptTest {
    private static final String MVN = """
        echo "$JAVA_HOME $*" >> asked
        for module in rcu-runtime task-lifecycle benchmarks stress; do
          mkdir -p $module/target/surefire-reports
          printf '<?xml?>\\n<testsuite name="a" time="0.1" tests="%s" errors="0" skipped="1" failures="%s">\\n' \\
            "${FAKE_TESTS:-5}" "${FAKE_FAILURES:-0}" > $module/target/surefire-reports/TEST-a.xml
          if ((${FAKE_FAILURES:-0})); then
            printf '  <testcase name="t(int)[2]" classname="org.C" time="0">\\n    <failure message="no">\\n' \\
              >> $module/target/surefire-reports/TEST-a.xml
          fi
          printf '<?xml?>\\n<testsuite name="b" tests="2" errors="0" skipped="0" failures="0">\\n' \\
            > $module/target/surefire-reports/TEST-b.xml
        done
        exit ${FAKE_MVN:-0}
        """;
    private static final String CAMPAIGN = """
        if [[ $1 == report ]]; then
          case $2 in
            */campaign) printf 'replay pass 13 13 13 tests\\nstress pass 30 %s 30 tests\\nbench pass 9 9 9 figures\\n' \\
              "${FAKE_STRESS:-30}" ;;
            *) echo "${2##*-} pass 3 3 3 tests" ;;
          esac
          exit 0
        fi
        echo "$JAVA_HOME campaign $*" >> asked
        exit ${FAKE_CAMPAIGN:-0}
        """;
    private static final String EXPECTED = """
        # what runs where
        25-full        rcu-runtime      7  1
        25-full        task-lifecycle   7  1
        25-full        benchmarks       7  1
        25-full        stress           7  1
        25-membarrier  rcu-runtime      7  1
        25-membarrier  task-lifecycle   7  1
        17             rcu-runtime      7  1
        17             task-lifecycle   7  1
        17             benchmarks       7  1
        17             stress           7  1
        17             campaign-models  3  0
        17             campaign-mutants 3  0
        17             campaign-replay 13  0
        17             campaign-stress 30  0   # the quick selection
        25-membarrier  campaign-replay 13  0
        25-membarrier  campaign-stress 30  0
        """;

    @TempDir
    Path dir;

    private Path root;
    private Path expected;

    @BeforeEach
    void makeProject() throws IOException {
        root = dir.resolve("a project");
        expected = root.resolve(".ci/expected-tests");
        Files.createDirectories(root.resolve(".ci"));
        Path script = Path.of("../.ci/run");
        Files.copy(Files.exists(script) ? script : Path.of(".ci/run"), root.resolve(".ci/run"));
        Files.writeString(expected, EXPECTED);
        Scripts.write(root.resolve("campaign"), CAMPAIGN);
        Scripts.write(dir.resolve("bin/mvn"), MVN);
        Scripts.write(dir.resolve("bin/chromium"), ""); // or it would install them
        Scripts.write(dir.resolve("bin/chromedriver"), "");
        Scripts.write(dir.resolve("bin/spin"), "");
        Scripts.write(dir.resolve("bin/gcc"), "");
        Scripts.write(dir.resolve("bin/mount"), "");
        jdk("java-17-some", 17);
        jdk("temurin-25-some", 25);
    }

    private void jdk(String name, int version) throws IOException {
        Scripts.write(dir.resolve("jvm/" + name + "/bin/javac"), "");
        Scripts.write(
                dir.resolve("jvm/" + name + "/bin/java"),
                "echo '    java.specification.version = " + version + "' >&2\n");
    }

    private record Run(int status, List<String> lines) {
        String last() {
            return lines.get(lines.size() - 1);
        }

        boolean says(String sentence) {
            return lines.stream().anyMatch(line -> line.contains(sentence));
        }
    }

    private Run run(String variables, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", root.resolve(".ci/run").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", dir.resolve("jvm/java-17-some").toString());
        builder.environment().put("PATH", dir.resolve("bin") + ":/usr/bin:/bin");
        if (!variables.isEmpty()) {
            int equals = variables.indexOf('=');
            builder.environment().put(variables.substring(0, equals), variables.substring(equals + 1));
        }
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out.lines().toList());
    }

    @Test
    void whatRanAsExpectedPasses() throws Exception {
        Run run = run("");
        assertEquals(0, run.status(), run.lines().toString());
        assertEquals("152 passed, 0 failed, 10 skipped", run.last()); // ten times 7 - 1, twice 13 and 30, twice 3
    }

    @Test
    void eachStrategyIsAskedFor() throws Exception {
        run("");
        String jvms = dir.resolve("jvm") + "/";
        assertEquals(
                List.of(
                        "temurin-25-some -B -ntp verify -Djurcu.test.fence=full -Djurcu.test.left-out=any-jdk",
                        "temurin-25-some -B -ntp test -pl rcu-runtime,task-lifecycle -Djurcu.test.fence=membarrier"
                                + " -Djurcu.test.left-out=any-fence -Dspotless.check.skip=true"
                                + " -Dmaven.compiler.useIncrementalCompilation=false",
                        "java-17-some -B -ntp verify -Djurcu.test.fence=auto -Dspotless.check.skip=true",
                        "java-17-some campaign models",
                        "java-17-some campaign mutants -t  (unit|model|replay)  --sample 8 --seed 1",
                        "java-17-some campaign --quick --fence auto",
                        "temurin-25-some campaign --quick --fence membarrier"),
                Files.readAllLines(root.resolve("asked")).stream()
                        .map(line -> line.replace(jvms, ""))
                        .toList());
    }

    @Test
    void aTestThatNoLongerRunsFailsTheCheckThoughAllAreGreen() throws Exception {
        Run run = run("FAKE_TESTS=4");
        assertEquals(1, run.status(), run.lines().toString());
        assertTrue(run.says("ci: failed: the numbers of tests are not those of .ci/expected-tests"));
        assertTrue(run.says("run .ci/run --accept"));
        assertEquals("142 passed, 1 failed, 10 skipped", run.last());
    }

    @Test
    void aStressTestThatDidNotRunFailsTheCheck() throws Exception {
        Run run = run("FAKE_STRESS=29");
        assertEquals(1, run.status(), run.lines().toString());
        assertTrue(run.says("> 25-membarrier campaign-stress 29 1"), run.lines().toString());
    }

    @Test
    void aFailedTestFailsTheCheck() throws Exception {
        Run run = run("FAKE_FAILURES=1");
        assertEquals(1, run.status(), run.lines().toString());
        assertEquals("142 passed, 10 failed, 10 skipped", run.last());
        assertTrue(
                run.says("ci: failed: on JDK 17: org.C.t(int)[2]: <failure message=\"no\">"), () -> "" + run.lines());
    }

    @Test
    void aFailedBuildAndACampaignThatIsNoPassFailTheCheck() throws Exception {
        assertTrue(run("FAKE_MVN=1").says("ci: failed: mvn verify failed on JDK 25-full"));
        Run inconclusive = run("FAKE_CAMPAIGN=3");
        assertEquals(1, inconclusive.status());
        assertTrue(inconclusive.says("ci: failed: ./campaign --quick --fence auto ended with exit status 3 on JDK 17"));
    }

    @Test
    void aMissingJdkIsOneSentence() throws Exception {
        Files.delete(dir.resolve("jvm/temurin-25-some/bin/javac"));
        Run run = run("");
        assertEquals(2, run.status());
        assertEquals(1, run.lines().size());
        assertTrue(run.last().startsWith("ci: no Temurin 25"), run.last());
    }

    @Test
    void acceptedNumbersAreThoseThatTheNextRunExpects() throws Exception {
        Files.delete(expected);
        assertEquals(0, run("", "--accept").status());
        assertEquals(0, run("").status());
        assertEquals(2, run("", "--no-such-option").status());
    }
}
