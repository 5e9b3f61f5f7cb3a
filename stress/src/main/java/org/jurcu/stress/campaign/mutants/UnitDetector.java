package org.jurcu.stress.campaign.mutants;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.process.ChildProcess;

/**
 * A JUnit test of a module, under the properties that Maven gives it.
 *
 * @param kind {@code unit} or {@code model}
 * @param module the directory
 * @param test the class, and maybe {@code #} and a method
 * @param options of the JVM
 */
record UnitDetector(String kind, String module, String test, List<String> options) implements Detector {
    private static final Pattern TEST = Pattern.compile("([\\w.$]+?)(?:#\\w+)?");

    static UnitDetector of(String kind, List<String> words) {
        if (words.size() < 2 || !TEST.matcher(words.get(1)).matches()) {
            throw new IllegalArgumentException(
                    "'" + kind + "' wants a module, a class and maybe #method and -D options");
        }
        return new UnitDetector(kind, words.get(0), words.get(1), List.copyOf(words.subList(2, words.size())));
    }

    @Override
    public String label() {
        return String.join(" ", kind, module, test) + (options.isEmpty() ? "" : " " + String.join(" ", options));
    }

    @Override
    public boolean isExclusive() {
        return false;
    }

    String testClass() {
        Matcher matcher = TEST.matcher(test);
        return matcher.matches() ? matcher.group(1) : test;
    }

    /** Where the build of the module notes the class path of its tests. */
    private Path classPathFile(Path root) {
        return root.resolve(module).resolve("target/test-classpath.txt");
    }

    @Override
    public String missing(Site site) throws IOException {
        Path target = site.root().resolve(module).resolve("target");
        String path = testClass().replace('.', '/');
        Path compiled = target.resolve("test-classes/" + path + ".class");
        Path source = site.root().resolve(module).resolve("src/test/java/" + path.replaceFirst("\\$.*", "") + ".java");
        String cure = "; run mvn -q package -DskipTests";
        if (!Files.exists(source)) {
            return "there is no test " + testClass() + " in " + module + "; mend the label";
        }
        if (!Files.exists(classPathFile(site.root())) || !Files.exists(compiled)) {
            return "the tests of " + module + " are not compiled" + cure;
        }
        if (Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(compiled)) > 0) {
            return source + " is newer than its class" + cure;
        }
        return "";
    }

    @Override
    public Sighting look(Site site, Path classes, Path work, Duration limit) throws IOException, InterruptedException {
        String path = Files.readString(classPathFile(site.root())).strip() + File.pathSeparator + site.jar();
        List<String> command = new ArrayList<>(site.java(classes, path));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", // short runs, and two at a time: C2 would take more than it gives
                "-XX:+UseSerialGC",
                "-Dbasedir=" + site.root().resolve(module),
                "-Djunit.jupiter.execution.timeout.default=" + Math.max(1, limit.toSeconds()) + " s",
                "-Djunit.jupiter.extensions.autodetection.enabled=true",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djurcu.lockdep=true"));
        command.addAll(options);
        command.add(UnitTests.class.getName());
        command.add(test);
        List<String> said = new ArrayList<>();
        ChildProcess.End end =
                ChildProcess.run(command, site.root().resolve(module), work.resolve("log.txt"), limit, line -> {
                    if (line.startsWith(UnitTests.FAILED_PREFIX)) {
                        said.add(line.substring(UnitTests.FAILED_PREFIX.length()));
                    }
                });
        return sighting(end, said);
    }

    static Sighting sighting(ChildProcess.End end, List<String> said) {
        if (end.timedOut()) {
            return new Sighting(Sighting.Kind.HUNG, "it did not end");
        }
        return switch (end.exitStatus()) {
            case UnitTests.GREEN -> Sighting.green();
            case UnitTests.RED -> Sighting.red(said.isEmpty() ? "a test failed" : said.get(0));
            case UnitTests.NOTHING -> Sighting.broken("no test of that name ran");
            default -> Sighting.broken("its JVM ended with status " + end.exitStatus());
        };
    }
}
