package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.process.JavaCommand;

/** Real JVMs that run the small classes at the end. */
class UnitDetectorTest {
    @TempDir
    private Path root;

    private Sighting look(String test, Duration limit) throws IOException, InterruptedException {
        Path target = Files.createDirectories(root.resolve("m/target"));
        Files.writeString(target.resolve("test-classpath.txt"), System.getProperty("java.class.path") + "\n");
        Path work = Files.createDirectories(root.resolve("work"));
        return UnitDetector.of("unit", List.of("m", Samples.class.getName() + "$" + test))
                .look(new Site(root, JavaCommand.thisJava(), root), null, work, limit);
    }

    @Test
    void saysWhetherAllPassed() throws Exception {
        assertEquals(Sighting.green(), look("Green", Duration.ofSeconds(50)));
        Sighting red = look("Red", Duration.ofSeconds(50));
        assertEquals(Sighting.Kind.RED, red.kind());
        assertEquals("two(): AssertionFailedError: x is 2", red.what());
        assertEquals(Sighting.green(), look("Red#one", Duration.ofSeconds(50)));
    }

    @Test
    void whereNothingRanNothingIsSaid() throws Exception {
        assertEquals(Sighting.broken("no test of that name ran"), look("Green#none", Duration.ofSeconds(50)));
        assertEquals(Sighting.broken("its JVM ended with status 1"), look("Nowhere", Duration.ofSeconds(50)));
    }

    @Test
    void whoDoesNotEndHangs() throws Exception {
        assertEquals(Sighting.Kind.HUNG, look("Endless", Duration.ofMillis(900)).kind());
    }

    @Test
    void saysWhatIsToBeBuilt() throws IOException {
        UnitDetector detector = UnitDetector.of("model", List.of("m", "p.ATest#a", "-Dx=1"));
        assertEquals("model m p.ATest#a -Dx=1", detector.label());
        Site site = new Site(root, root, root);
        assertEquals("there is no test p.ATest in m; mend the label", detector.missing(site));
        Path source = Files.createDirectories(root.resolve("m/src/test/java/p")).resolve("ATest.java");
        Files.writeString(source, "");
        assertEquals("the tests of m are not compiled; run mvn -q package -DskipTests", detector.missing(site));
        Path compiled =
                Files.createDirectories(root.resolve("m/target/test-classes/p")).resolve("ATest.class");
        Files.writeString(compiled, "");
        Files.writeString(root.resolve("m/target/test-classpath.txt"), "");
        assertEquals("", detector.missing(site));
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(Files.getLastModifiedTime(compiled).toMillis() + 5_000));
        assertTrue(detector.missing(site).contains("is newer than its class"), detector.missing(site));
    }

    /** In a class of their own, so that they run only when asked. */
    static final class Samples {
        static class Green {
            @Test
            void one() {}
        }

        static class Red {
            @Test
            void one() {}

            @Test
            void two() {
                fail("x is 2");
            }
        }

        static class Endless {
            @Test
            void one() throws InterruptedException {
                Thread.currentThread().join();
            }
        }
    }
}
