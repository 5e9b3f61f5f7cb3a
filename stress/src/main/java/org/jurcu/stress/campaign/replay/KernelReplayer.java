package org.jurcu.stress.campaign.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.trace.TraceReader;

/** The replay of the library. */
public final class KernelReplayer implements Replayer {
    @Override
    public ReplayReport replay(Path recording, ReplayOptions options) throws IOException {
        return Replay.run(recording, options);
    }

    @Override
    public ReplayReport replay(InputStream recording, String name, ReplayOptions options) throws IOException {
        try (TraceReader reader = TraceReader.of(recording, name)) {
            return Replay.run(reader, options);
        }
    }
}
