package org.jurcu.stress.campaign.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/**
 * Sets each benchmark beside its floor of the same run: {@code floorX} is the floor of method {@code x} where there is
 * one of that name, and of its whole class otherwise. In a group each role has its own: {@code floorG:floorR} for
 * {@code g:r}. Of several floors of a class the lowest is taken.
 */
final class Floors {
    private Floors() {}

    static List<BenchmarkResult> divide(List<BenchmarkResult> results) {
        return results.stream().map(r -> divide(r, results)).toList();
    }

    private static BenchmarkResult divide(BenchmarkResult result, List<BenchmarkResult> all) {
        if (result.isFloor()) {
            return result;
        }
        List<BenchmarkResult> floors = all.stream()
                .filter(BenchmarkResult::isFloor)
                .filter(f -> f.group().equals(result.group())
                        && f.mode().equals(result.mode())
                        && f.unit().equals(result.unit())
                        && f.threads() == result.threads()
                        && result.params().entrySet().containsAll(f.params().entrySet()))
                .toList();
        return own(result, floors)
                .or(() -> ofClass(floors, all))
                .map(floor -> result.over(floor.name(), ratio(result, floor)))
                .orElse(result);
    }

    private static Optional<BenchmarkResult> own(BenchmarkResult result, List<BenchmarkResult> floors) {
        return floors.stream()
                .filter(f -> subject(f.name()).equals(result.name()))
                .findFirst();
    }

    /** A floor that belongs to another method is none of the class. */
    private static Optional<BenchmarkResult> ofClass(List<BenchmarkResult> floors, List<BenchmarkResult> all) {
        return floors.stream()
                .filter(f -> all.stream()
                        .noneMatch(r -> r.group().equals(f.group()) && method(r).equals(subject(method(f)))))
                .min(Comparator.comparingDouble(Floors::cost));
    }

    private static String method(BenchmarkResult result) {
        return result.name().replaceAll(":.*", "");
    }

    /** What a floor is the floor of: its name without the prefix, in the group's part as in the role's. */
    private static String subject(String floor) {
        return Stream.of(floor.split(":")).map(Floors::withoutPrefix).collect(Collectors.joining(":"));
    }

    private static String withoutPrefix(String name) {
        String rest = name.startsWith("floor") ? name.substring("floor".length()) : name;
        return rest.isEmpty() ? "" : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
    }

    private static double ratio(BenchmarkResult result, BenchmarkResult floor) {
        return cost(result) / cost(floor);
    }

    private static double cost(BenchmarkResult result) {
        return result.mode().equals("thrpt") ? 1 / result.median() : result.median();
    }
}
