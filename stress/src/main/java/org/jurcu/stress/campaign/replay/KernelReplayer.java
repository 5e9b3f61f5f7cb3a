package org.jurcu.stress.campaign.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;

/** The replay of the library. */
public final class KernelReplayer implements Replayer {
    @Override
    public ReplayReport replay(Path recording, ReplayOptions options) throws IOException {
        throw new UnsupportedOperationException("the replay is not integrated yet");
    }

    @Override
    public ReplayReport replay(InputStream recording, String name, ReplayOptions options) throws IOException {
        throw new UnsupportedOperationException("the replay is not integrated yet");
    }
}
