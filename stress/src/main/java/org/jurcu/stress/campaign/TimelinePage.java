package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.replay.Repeats;
import org.jurcu.stress.campaign.replay.Source;
import org.jurcu.task.CountHistory;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.timeline.Timeline;

/** The page of {@code replay --timeline}: watches the counts during the replay and is written after it. */
final class TimelinePage {
    /** Changes of each kind that a task keeps; a task's own functions make about a dozen. */
    private static final int CHANGES = 16;

    /** More than any page can show. */
    private static final int LIFETIMES = 1_000_000;

    private final Path recording;
    private final Path page;
    private final CountHistory history = new CountHistory(CHANGES, LIFETIMES, Replay.current());

    private TimelinePage(Path recording, Path page) {
        this.recording = recording;
        this.page = page;
    }

    static TimelinePage of(List<Source> sources, Path page) throws CampaignException {
        if (sources.size() != 1 || !(sources.get(0) instanceof Source.Recording file)) {
            throw new CampaignException("--timeline reads its recording twice and shows one: give one file, and not -");
        }
        return new TimelinePage(file.path(), page);
    }

    Repeats watching(Repeats repeats) throws CampaignException {
        if (repeats.count() != 1) {
            throw new CampaignException("--timeline shows one replay: leave --repeat away");
        }
        return new Repeats(repeats.options().watchedBy(history), 1, 0);
    }

    void write(ReplayReport report) throws IOException {
        Timeline.write(recording, history.lifetimes(), report, page);
    }
}
