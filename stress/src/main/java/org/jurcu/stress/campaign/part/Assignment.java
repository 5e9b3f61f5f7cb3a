package org.jurcu.stress.campaign.part;

import java.nio.file.Path;
import java.time.Duration;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Shard;
import org.jurcu.stress.campaign.replay.Replayer;
import org.jurcu.stress.campaign.terminal.Progress;

/**
 * What a part is told when it is run.
 *
 * @param root of the project
 * @param java launcher of the JVMs that are started; see {@code JavaCommand} for the options they need
 * @param jcstressJar with the campaign, the races and the library
 * @param benchmarksJar with the benchmarks
 * @param directory of this part's own: logs and whatever else it leaves
 * @param replayer that replays recordings
 * @param progress to be told
 * @param quick whether the short selection was asked for
 * @param time that the part has
 * @param shard of the work that is to be done; a part that is not {@link Part#sharded} need not look at it
 * @param resume whether what an interrupted run left in the directory may be taken over
 * @param earlier what the last campaign with this directory found of this part; null if nothing is known
 */
public record Assignment(
        Path root,
        Path java,
        Path jcstressJar,
        Path benchmarksJar,
        Path directory,
        Replayer replayer,
        Progress progress,
        boolean quick,
        Duration time,
        Shard shard,
        boolean resume,
        Section<?> earlier) {}
