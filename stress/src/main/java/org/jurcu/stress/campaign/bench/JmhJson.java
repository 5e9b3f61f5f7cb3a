package org.jurcu.stress.campaign.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** Reads the file that JMH writes with {@code -rf json}. */
final class JmhJson {
    private static final String MEDIAN = "50.0";
    private static final String BYTES_PER_OP = "gc.alloc.rate.norm";
    private static final String FENCE = "-Djurcu.fence=";

    private JmhJson() {}

    /** Returns one result for each benchmark, or one for each role where several roles were measured together. */
    static List<BenchmarkResult> read(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        if (root == null || !root.isArray()) {
            throw new IOException(file + " is not a result file of JMH: it holds no array");
        }
        List<BenchmarkResult> results = new ArrayList<>();
        for (JsonNode run : root) {
            results.addAll(results(run));
        }
        return results;
    }

    /** Returns class and method, as {@code -l} lists them after the package. */
    static String method(BenchmarkResult result) {
        return result.group() + "." + result.name().replaceAll(":.*", "");
    }

    private static List<BenchmarkResult> results(JsonNode run) {
        JsonNode secondary = run.path("secondaryMetrics");
        List<BenchmarkResult> results = new ArrayList<>();
        secondary.properties().forEach(metric -> {
            if (isRole(metric.getKey())) {
                results.add(result(run, ":" + metric.getKey(), metric.getValue()));
            }
        });
        return results.isEmpty() ? List.of(result(run, "", run.path("primaryMetric"))) : results;
    }

    /** Profilers' metrics have a dot in their names, Java methods have none. */
    private static boolean isRole(String metric) {
        return metric.indexOf('.') < 0 && Character.isJavaIdentifierStart(metric.charAt(0));
    }

    private static BenchmarkResult result(JsonNode run, String role, JsonNode metric) {
        String name = run.path("benchmark").asText();
        int method = name.lastIndexOf('.');
        double score = number(metric.path("score"));
        double median = number(metric.path("scorePercentiles").path(MEDIAN));
        return new BenchmarkResult(
                name.substring(name.lastIndexOf('.', method - 1) + 1, method),
                name.substring(method + 1) + role,
                params(run.path("params")),
                fence(run.path("jvmArgs")),
                run.path("mode").asText(),
                metric.path("scoreUnit").asText(),
                run.path("threads").asInt(),
                run.path("forks").asInt(),
                run.path("measurementIterations").asInt(),
                Double.isNaN(median) ? score : median,
                score,
                orNull(number(metric.path("scoreError"))),
                orNull(bytesPerOp(run.path("secondaryMetrics"))));
    }

    private static Map<String, String> params(JsonNode params) {
        Map<String, String> map = new TreeMap<>();
        params.properties().forEach(p -> map.put(p.getKey(), p.getValue().asText()));
        return map;
    }

    /** Of an option that is given twice, a JVM takes the last. */
    private static String fence(JsonNode jvmArgs) {
        String fence = null;
        for (JsonNode argument : jvmArgs) {
            if (argument.asText().startsWith(FENCE)) {
                fence = argument.asText().substring(FENCE.length());
            }
        }
        return fence;
    }

    private static double bytesPerOp(JsonNode secondary) {
        for (Map.Entry<String, JsonNode> metric : secondary.properties()) {
            if (metric.getKey().endsWith(BYTES_PER_OP)) {
                return number(metric.getValue().path("score"));
            }
        }
        return Double.NaN;
    }

    /** JMH writes a number that JSON cannot hold as a string: {@code "NaN"}, after a single iteration for instance. */
    private static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        try {
            return node.isTextual() ? Double.parseDouble(node.asText()) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Double orNull(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
