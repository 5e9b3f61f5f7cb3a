package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.report.Json;

/** A real campaign is killed with a signal that it cannot catch, and taken up again. */
class StressResumeTest {
    @TempDir
    Path root;

    /** Stands for the shaded jar: refers to whatever this test runs with. */
    private Path jar() throws IOException {
        List<String> entries = new ArrayList<>();
        Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .forEach(entry -> entries.add(Path.of(entry).toUri().toString()));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", entries));
        Path jar = root.resolve("stress/target/jcstress.jar");
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    private Process campaign(Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.thisJava().toString());
        command.addAll(JavaCommand.nativeAccess());
        command.addAll(List.of("-Djurcu.root=" + root, "-cp", jar.toString(), CampaignMain.class.getName()));
        command.addAll(List.of(
                "stress",
                "-t",
                "RefcountLastPut",
                "--time",
                "2s",
                "--out",
                root.resolve("out").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("said").toFile())
                .start();
    }

    private Map<Path, FileTime> results() throws IOException {
        Path run = root.resolve("out/stress/run-1");
        Map<Path, FileTime> results = new HashMap<>();
        if (Files.isDirectory(run)) {
            try (Stream<Path> files = Files.list(run)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".bin.gz")).toList()) {
                    results.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return results;
    }

    @Test
    @Timeout(180) // four JVMs, on a busy machine
    void aKilledCampaignIsTakenUpWhereItWas() throws Exception {
        Path jar = jar();
        Process first = campaign(jar);
        boolean ended = false;
        while (results().isEmpty() && !ended) {
            ended = first.waitFor(5, TimeUnit.MILLISECONDS);
        }
        List<ProcessHandle> children = first.descendants().toList();
        first.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().join(); // nobody listens to it any more: it ends by itself
        }
        assertFalse(Files.exists(root.resolve("out/report.json")), "it was through before it could be killed");
        Map<Path, FileTime> before = results();
        Process second = campaign(jar, "--resume");
        int status = second.waitFor();
        assertTrue(status == 0 || status == 3, () -> "" + status);
        CampaignReport report = Json.readReport(root.resolve("out/report.json"));
        assertEquals(1, report.resumed());
        assertEquals(
                4,
                report.parts().get("stress").ran(),
                () -> report.parts().get("stress").reasons().toString());
        assertTrue(results().size() > before.size());
        before.forEach((file, time) -> assertEquals(time, resultsNow().get(file), file + " was taken again"));
    }

    private Map<Path, FileTime> resultsNow() {
        try {
            return results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
