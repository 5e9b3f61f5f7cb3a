package org.jurcu.stress.campaign.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jurcu.fence.AsymmetricFence;

/** Exact versions of this project and of what it stands on, and the fence that it chose here. */
public final class Versions {
    /** The revision of what is no git checkout. */
    public static final String UNKNOWN = "unknown";

    private Versions() {}

    /** Returns them by name. */
    public static Map<String, String> of(Path root) {
        Map<String, String> versions = new LinkedHashMap<>();
        put(versions, "Jurcu", "org.jurcu", "task-lifecycle");
        versions.put("revision", revision(root));
        versions.put("fence", AsymmetricFence.strategy());
        put(versions, "jcstress", "org.openjdk.jcstress", "jcstress-core");
        put(versions, "JCTools", "org.jctools", "jctools-core-jdk11");
        put(versions, "picocli", "info.picocli", "picocli");
        put(versions, "Jackson", "com.fasterxml.jackson.core", "jackson-databind");
        return versions;
    }

    /** Returns the revision of a checkout, or {@code unknown}. */
    public static String revision(Path root) {
        String revision = git(root, "describe", "--always", "--dirty", "--abbrev=12");
        return revision.isEmpty() ? UNKNOWN : revision;
    }

    /** Maven leaves the version in the jar. */
    private static void put(Map<String, String> versions, String name, String group, String artifact) {
        String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Versions.class.getResourceAsStream(resource)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                versions.put(name, properties.getProperty("version"));
            }
        } catch (IOException e) {
            versions.put(name, "unknown (" + e.getMessage() + ")");
        }
    }

    private static String git(Path root, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = root.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
                String line = in.readLine();
                return process.waitFor() == 0 && line != null ? line : "";
            }
        } catch (IOException e) {
            return ""; // no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
