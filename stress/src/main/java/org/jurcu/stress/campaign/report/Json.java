package org.jurcu.stress.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;

/** Reads and writes the campaign's JSON. Records are written with their components, in their order. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The component that is not written under its name. */
    private static final String PARTS = "parts";

    private Json() {}

    /** Returns indented JSON with a newline at its end. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** Returns a report as JSON, with a field for each part that it has. */
    public static String writeReport(CampaignReport report) {
        ObjectNode tree = MAPPER.valueToTree(report);
        ObjectNode parts = (ObjectNode) tree.remove(PARTS);
        return write(tree.setAll(parts));
    }

    /**
     * Reads a report.
     *
     * @throws CampaignException if there is none, or none that this program understands
     */
    public static CampaignReport readReport(Path file) throws CampaignException {
        try {
            JsonNode tree = MAPPER.readTree(Files.readString(file));
            int format = tree.path("format").asInt();
            if (format != CampaignReport.FORMAT && format != 0) {
                throw new CampaignException(file + " has format " + format + " but this program reads format "
                        + CampaignReport.FORMAT + "; run ./campaign again");
            }
            return report(tree);
        } catch (NoSuchFileException e) {
            throw new CampaignException("there is no " + file + " yet; run ./campaign first");
        } catch (JsonProcessingException e) {
            throw new CampaignException(file + " is not a report of a campaign: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new CampaignException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static CampaignReport report(JsonNode tree) throws JsonProcessingException {
        Map<String, Section<?>> parts = new LinkedHashMap<>();
        if (tree instanceof ObjectNode fields) {
            for (Part<?> part : Parts.ALL) {
                JsonNode section = fields.remove(part.name());
                if (section != null) {
                    parts.put(part.name(), MAPPER.treeToValue(section, sectionOf(part)));
                }
            }
        }
        return MAPPER.treeToValue(tree, CampaignReport.class).withParts(parts);
    }

    private static JavaType sectionOf(Part<?> part) {
        return MAPPER.getTypeFactory().constructParametricType(Section.class, part.resultType());
    }
}
