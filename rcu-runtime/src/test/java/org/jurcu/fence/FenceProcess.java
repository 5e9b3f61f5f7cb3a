package org.jurcu.fence;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program ended that had a JVM of its own, since a process chooses its strategy once. */
record FenceProcess(int status, String out, String err) {
    static FenceProcess run(Class<?> program, List<String> options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return start(arguments);
    }

    /** Runs {@link FenceProgram.PrintStrategy} with the library as the module org.jurcu.rcu. */
    static FenceProcess runAsModule(String... options) throws IOException, InterruptedException, URISyntaxException {
        Path classes = Path.of(AsymmetricFence.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> jars = new ArrayList<>(List.of(classes.toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.contains("jctools")) {
                jars.add(entry);
            }
        }
        Path tests = Path.of(FenceProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-p",
                String.join(File.pathSeparator, jars),
                "--patch-module",
                "org.jurcu.rcu=" + tests,
                "-m",
                "org.jurcu.rcu/" + FenceProgram.PrintStrategy.class.getName()));
        return start(arguments);
    }

    private static FenceProcess start(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path err = Files.createTempFile("jurcu-fence", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            return new FenceProcess(status, out.strip(), Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
