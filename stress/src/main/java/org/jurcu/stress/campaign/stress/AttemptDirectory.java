package org.jurcu.stress.campaign.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.stress.campaign.process.FreshDirectory;

/**
 * The results of one attempt, and for which tests and which plan they are: only those may be taken over by a run that is
 * resumed.
 */
final class AttemptDirectory {
    private static final String PLAN = "plan";
    private static final String DONE = "done";

    private final Path path;

    private AttemptDirectory(Path path) {
        this.path = path;
    }

    /** Empties the directory, unless what it holds is to be taken over and is of the same plan, code, JDK and fences. */
    static AttemptDirectory at(Path path, List<String> tests, String plan, Path jar, boolean resume)
            throws IOException {
        List<String> described = new ArrayList<>(tests);
        described.add(0, plan);
        described.add(1, "JDK " + Runtime.version() + ", fence " + AsymmetricFence.strategy());
        described.add(2, Files.exists(jar) ? jar + " of " + Files.getLastModifiedTime(jar) : jar.toString());
        Path file = path.resolve(PLAN);
        if (!resume || !Files.exists(file) || !Files.readAllLines(file).equals(described)) {
            FreshDirectory.at(path);
            Files.write(file, described);
        }
        JcstressResults.dropTorn(path);
        return new AttemptDirectory(path);
    }

    Path path() {
        return path;
    }

    Map<String, Observation> results() throws IOException {
        return JcstressResults.read(path);
    }

    /** Returns the directory of a part of the tests; what is there and is not done is thrown away. */
    Path chunk(String name) throws IOException {
        Path chunk = path.resolve(name);
        return isDone(chunk) ? chunk : FreshDirectory.at(chunk);
    }

    boolean isDone(Path chunk) {
        return Files.exists(chunk.resolve(DONE));
    }

    void setDone(Path chunk) throws IOException {
        Files.createFile(chunk.resolve(DONE));
    }
}
