package org.jurcu.stress.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final String RUNS = "runs";

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
        return write(treeOf(report));
    }

    private static ObjectNode treeOf(CampaignReport report) {
        ObjectNode tree = MAPPER.valueToTree(report.withRuns(List.of()));
        ObjectNode parts = (ObjectNode) tree.remove(PARTS);
        if (!report.runs().isEmpty()) {
            ArrayNode runs = tree.putArray(RUNS);
            report.runs().forEach(run -> runs.add(treeOf(run)));
        }
        return tree.setAll(parts);
    }

    /** Returns a section as JSON. */
    public static String writeSection(Section<?> section) {
        return write(section);
    }

    /**
     * Reads a section of a part.
     *
     * @throws IOException if it is torn, or no section of this part
     */
    public static Section<?> readSection(Path file, Part<?> part) throws IOException {
        return MAPPER.readValue(Files.readString(file), sectionOf(part));
    }

    /**
     * Reads a record.
     *
     * @throws IOException if it is torn, or no such record
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(Files.readString(file), type);
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
        List<CampaignReport> runs = new ArrayList<>();
        if (tree instanceof ObjectNode fields && fields.remove(RUNS) instanceof ArrayNode several) {
            for (JsonNode run : several) {
                runs.add(report(run));
            }
        }
        return MAPPER.treeToValue(tree, CampaignReport.class).withParts(parts).withRuns(runs);
    }

    private static JavaType sectionOf(Part<?> part) {
        return MAPPER.getTypeFactory().constructParametricType(Section.class, part.resultType());
    }
}
