package org.jurcu.stress.campaign.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine that a result was measured on.
 *
 * @param os name of the operating system
 * @param kernel its release
 * @param arch instruction set
 * @param cpu model name
 * @param processors that the JVM may use
 * @param memoryMiB installed memory, or 0 if unknown
 */
public record Host(String os, String kernel, String arch, String cpu, int processors, long memoryMiB) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    /** Describes this machine. */
    public static Host here() {
        return new Host(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                field(CPUINFO, "model name", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                kibibytes(field(MEMINFO, "MemTotal", "0 kB")) / 1024);
    }

    private static String field(Path file, String key, String otherwise) {
        try {
            return valueOf(Files.readAllLines(file), key, otherwise);
        } catch (IOException e) {
            return otherwise; // not Linux, or no /proc
        }
    }

    static String valueOf(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static long kibibytes(String value) {
        return Long.parseLong(value.replaceAll("\\D", ""));
    }
}
