package org.jurcu.stress.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;

/** Reads and writes the campaign's JSON. Records are written with their components, in their order. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** Returns indented JSON with a newline at its end. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /**
     * Reads a report.
     *
     * @throws CampaignException if there is none, or none that this program understands
     */
    public static CampaignReport readReport(Path file) throws CampaignException {
        try {
            CampaignReport report = MAPPER.readValue(Files.readString(file), CampaignReport.class);
            if (report.format() != CampaignReport.FORMAT) {
                throw new CampaignException(file + " has format " + report.format() + " but this program reads format "
                        + CampaignReport.FORMAT + "; run ./campaign again");
            }
            return report;
        } catch (NoSuchFileException e) {
            throw new CampaignException("there is no " + file + " yet; run ./campaign first");
        } catch (JsonProcessingException e) {
            throw new CampaignException(file + " is not a report of a campaign: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new CampaignException(file + " cannot be read: " + e.getMessage());
        }
    }
}
