package org.jurcu.stress.campaign.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.fence.AsymmetricFence;

/** Command lines of further JVMs of the same JDK. */
public final class JavaCommand {
    /** From here on the JDK warns of native access that was not granted by name; jcstress binds threads to CPUs by it. */
    private static final int NATIVE_ACCESS_BY_NAME = 22;

    private JavaCommand() {}

    /** Returns this JVM's own launcher. */
    public static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Returns the start of a command line that runs a jar. */
    public static List<String> jar(Path java, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(nativeAccess());
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** Returns the options that grant native access to the class path, none where the JDK does not ask. */
    public static List<String> nativeAccess() {
        return nativeAccess(Runtime.version().feature());
    }

    /** Returns these options for a JDK of another version. */
    public static List<String> nativeAccess(int feature) {
        return feature >= NATIVE_ACCESS_BY_NAME ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();
    }

    /** Returns the options under which a fork runs the library as this JVM does: by the same fences. */
    public static List<String> forked() {
        return forked(AsymmetricFence.strategy());
    }

    /** Returns the options under which a fork runs the library by the fences of that strategy. */
    public static List<String> forked(String fence) {
        List<String> options = new ArrayList<>(nativeAccess());
        options.add("-Djurcu.fence=" + fence);
        return options;
    }

    /** Writes a command line so that a shell would read it back. */
    public static String shellQuote(List<String> command) {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add(word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return String.join(" ", words);
    }
}
