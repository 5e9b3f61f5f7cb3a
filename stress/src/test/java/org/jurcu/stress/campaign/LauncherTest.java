package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a project that consists of names only, with a java and a mvn that tell what they were asked. */
class LauncherTest {
    private static final String JAVA = """
            if [[ $1 == -XshowSettings:properties ]]; then
              echo "    java.specification.version = ${FAKE_VERSION:-17}" >&2
              exit 0
            fi
            printf 'java<%s>\\n' "$@"
            pwd
            """;

    @TempDir
    Path dir;

    private Path root;
    private Path elsewhere;

    @BeforeEach
    void makeProject() throws IOException {
        root = dir.resolve("a project's root");
        elsewhere = Files.createDirectories(dir.resolve("else where"));
        for (String module : List.of("rcu-runtime", "task-lifecycle", "stress", "benchmarks")) {
            touch(module + "/pom.xml", 1000);
            touch(module + "/src/main/java/X.java", 1000);
        }
        touch("pom.xml", 1000);
        touch("stress/target/jcstress.jar", 2000);
        touch("benchmarks/target/benchmarks.jar", 2000);
        try (var all = Files.walk(root)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1000)));
            }
        }
        Files.copy(launcher(), root.resolve("campaign"));
        Scripts.write(dir.resolve("jdk home/bin/java"), JAVA);
        Scripts.write(dir.resolve("bin/mvn"), "echo \"mvn $*\"\nexit ${FAKE_MVN:-0}\n");
    }

    private static Path launcher() {
        Path inModule = Path.of("../campaign");
        return Files.exists(inModule) ? inModule : Path.of("campaign");
    }

    private void touch(String name, long second) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }

    private record Run(int status, String out, String err) {}

    private Run launch(List<String> environment, String... args) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", root.resolve("campaign").toString());
        builder.command().addAll(List.of(args));
        builder.directory(elsewhere.toFile());
        builder.environment().put("JAVA_HOME", dir.resolve("jdk home").toString());
        builder.environment().put("PATH", dir.resolve("bin") + ":/usr/bin:/bin");
        for (String variable : environment) {
            builder.environment()
                    .put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        Path out = dir.resolve("out");
        Path err = dir.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int status = process.waitFor();
        return new Run(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void itIsAShellScriptThatCanBeRun() throws Exception {
        Process syntax = new ProcessBuilder("bash", "-n", launcher().toString()).start();
        assertEquals(0, syntax.waitFor());
        assertTrue(Files.isExecutable(launcher()));
    }

    @Test
    void wordsAndDirectoryReachTheProgramUnchanged() throws Exception {
        Run run = launch(List.of(), "replay", "my file.gz", "--json", "-");
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("java<-Djurcu.root=" + root.toRealPath() + ">"), run.out());
        assertTrue(run.out().contains("java<org.jurcu.stress.campaign.CampaignMain>"), run.out());
        assertTrue(run.out().contains("java<replay>\njava<my file.gz>\njava<--json>\njava<->\n"), run.out());
        assertTrue(run.out().endsWith(elsewhere.toRealPath() + "\n"), run.out());
    }

    @Test
    void itIsFoundThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), root.resolve("campaign"));
        ProcessBuilder builder = new ProcessBuilder("bash", link.toString());
        builder.environment().put("JAVA_HOME", dir.resolve("jdk home").toString());
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        assertTrue(out.contains("java<-Djurcu.root=" + root.toRealPath() + ">"), out);
    }

    @Test
    void aSourceNewerThanItsJarIsBuilt() throws Exception {
        touch("task-lifecycle/src/main/java/X.java", 3000);
        Run run = launch(List.of());
        assertTrue(run.err().startsWith("campaign: building"), run.err());
        assertTrue(run.err().contains("mvn -q -B -ntp"), run.err());
        assertFalse(run.out().contains("mvn"), "the build spoke on standard output");
        assertTrue(run.out().contains("CampaignMain"), run.out());
    }

    @Test
    void aMissingJarIsBuiltAndAFailedBuildEndsIt() throws Exception {
        Files.delete(root.resolve("benchmarks/target/benchmarks.jar"));
        Run run = launch(List.of("FAKE_MVN=1"));
        assertEquals(3, run.status());
        assertTrue(run.err().contains("campaign: the build failed, so nothing was tested"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void nativeAccessIsGrantedWhereTheJdkAsksForIt() throws Exception {
        String grant = "java<--enable-native-access=ALL-UNNAMED>";
        assertFalse(launch(List.of()).out().contains(grant));
        assertFalse(launch(List.of("FAKE_VERSION=21")).out().contains(grant));
        assertTrue(launch(List.of("FAKE_VERSION=22")).out().contains(grant));
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        Run run = launch(List.of("FAKE_VERSION=11"));
        assertEquals(2, run.status());
        assertEquals(
                "campaign: java is of version 11; a JDK 17 or later is needed, point JAVA_HOME at one\n", run.err());
    }

    @Test
    void aMissingJavaIsOneSentence() throws Exception {
        Run run = launch(List.of("JAVA_HOME=" + dir.resolve("nowhere")));
        assertEquals(2, run.status());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
