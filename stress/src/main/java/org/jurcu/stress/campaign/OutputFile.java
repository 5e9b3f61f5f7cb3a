package org.jurcu.stress.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jurcu.stress.campaign.model.CampaignException;

/** Whether a file can be written is found out before the work, not after it. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Returns {@code file}.
     *
     * @throws CampaignException if it could not be written
     */
    static Path writable(Path file) throws CampaignException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new CampaignException("there is no directory " + directory + " to write " + file + " into");
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new CampaignException(file + " cannot be written");
        }
        return file;
    }
}
