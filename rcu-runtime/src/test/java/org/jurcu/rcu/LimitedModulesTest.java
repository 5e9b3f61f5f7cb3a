package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On the class path a domain works in an image of java.base alone: without JFR, JMX and java.logging. */
class LimitedModulesTest {
    @Test
    void aDomainWorksWithoutJfrAndJmx() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        File output = File.createTempFile("limited", ".txt");
        try {
            Process process = new ProcessBuilder(
                            java,
                            "--limit-modules",
                            "java.base",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            try {
                process.waitFor(50, TimeUnit.SECONDS);
            } finally {
                process.destroyForcibly();
            }
            assertEquals(
                    "stalled by 1, ran",
                    Files.readString(output.toPath(), StandardCharsets.UTF_8).trim());
        } finally {
            output.delete();
        }
    }

    /** Waits for a stalled reader and runs a callback. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            CountDownLatch stalled = new CountDownLatch(1);
            StringBuilder text = new StringBuilder();
            try (Rcu rcu = Rcu.builder("limited")
                    .stallNanos(1)
                    .onStall(stall -> {
                        if (stalled.getCount() > 0) {
                            text.append("stalled by ").append(stall.holdouts().size());
                            stalled.countDown();
                        }
                    })
                    .build()) {
                rcu.readLock();
                rcu.call(() -> text.append(", ran"));
                stalled.await();
                rcu.readUnlock();
                rcu.barrier();
            }
            System.out.println(text);
        }
    }
}
