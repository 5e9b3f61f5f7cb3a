package org.jurcu.stress.campaign.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;

/** Replays one recording. The commands take it as an argument, so that their own tests need no kernel's recording. */
public interface Replayer {
    /**
     * Replays a file, plain or compressed.
     *
     * @throws org.jurcu.task.trace.TraceFormatException if it is torn or no recording
     * @throws IOException if it cannot be read
     */
    ReplayReport replay(Path recording, ReplayOptions options) throws IOException;

    /** Replays standard input, plain or compressed; throws as {@link #replay(Path, ReplayOptions)} does. */
    ReplayReport replay(InputStream recording, String name, ReplayOptions options) throws IOException;
}
