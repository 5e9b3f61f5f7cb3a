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
 * @param governor who chooses the processors' frequency; {@code unknown} where Linux does not say, as in most virtual machines
 */
public record Host(String os, String kernel, String arch, String cpu, int processors, long memoryMiB, String governor) {
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    private static final String UNKNOWN = "unknown";
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    /** Reports of earlier versions have no governor. */
    public Host {
        governor = governor == null ? UNKNOWN : governor;
    }

    /** Describes this machine. */
    public static Host here() {
        return new Host(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                field(CPUINFO, "model name", UNKNOWN),
                Runtime.getRuntime().availableProcessors(),
                kibibytes(field(MEMINFO, "MemTotal", "0 kB")) / 1024,
                firstLine(GOVERNOR));
    }

    static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).stream().findFirst().orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN; // no Linux, or nobody chooses
        }
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
