package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Request;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.process.FreshDirectory;
import org.jurcu.stress.campaign.report.Json;
import org.jurcu.stress.campaign.report.ReportFiles;

/** What a campaign leaves behind as it goes, so that it can be taken up again when it was killed. */
final class Checkpoint {
    private final Path directory;

    Checkpoint(Path directory) {
        this.directory = directory;
    }

    private Path requestFile() {
        return directory.resolve("request.json");
    }

    private Path partFile(Part<?> part) {
        return directory.resolve("parts").resolve(part.name() + ".json");
    }

    /** Begins: nothing of an earlier campaign may pass for this one's. */
    void begin(Request request) throws IOException {
        FreshDirectory.at(directory.resolve("parts"));
        save(request);
    }

    void save(Request request) throws IOException {
        Files.createDirectories(directory);
        ReportFiles.replace(requestFile(), Json.write(request));
    }

    /** Returns what was asked for. */
    Request request() throws CampaignException {
        if (!Files.exists(requestFile())) {
            throw new CampaignException("there is no campaign to resume in " + directory + "; run ./campaign first");
        }
        try {
            return Json.read(requestFile(), Request.class);
        } catch (IOException e) {
            throw new CampaignException(requestFile() + " cannot be read, so that nothing can be resumed");
        }
    }

    void done(Part<?> part, Section<?> section) throws IOException {
        Files.createDirectories(partFile(part).getParent());
        ReportFiles.replace(partFile(part), Json.writeSection(section));
    }

    /** Returns what the part found, or null if it was not through; what is torn is thrown away. */
    Section<?> found(Part<?> part) throws IOException {
        if (!Files.exists(partFile(part))) {
            return null;
        }
        try {
            return Json.readSection(partFile(part), part);
        } catch (IOException e) {
            Files.delete(partFile(part));
            return null;
        }
    }
}
