package org.jurcu.stress.campaign.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/**
 * Sets each benchmark beside its floor of the same run: {@code floorX} is the floor of method {@code x} where there is
 * one of that name, and of its whole class otherwise; role {@code floorR} of group {@code floorG} is the floor of role
 * {@code r} of group {@code g}. Of several floors of a class the lowest is taken.
 */
final class Floors {
    private Floors() {}

    static List<BenchmarkResult> divide(List<BenchmarkResult> results) {
        return results.stream().map(r -> divide(r, results)).toList();
    }

    private static BenchmarkResult divide(BenchmarkResult result, List<BenchmarkResult> all) {
        if (result.countsAsFloor()) {
            return result;
        }
        List<BenchmarkResult> floors = all.stream()
                .filter(BenchmarkResult::countsAsFloor)
                .filter(f -> f.group().equals(result.group())
                        && Objects.equals(f.fence(), result.fence())
                        && f.mode().equals(result.mode())
                        && f.unit().equals(result.unit())
                        && f.threads() == result.threads()
                        && result.params().entrySet().containsAll(f.params().entrySet()))
                .toList();
        return own(result, floors)
                .or(() -> ofClass(result, floors, all))
                .map(floor -> result.over(floor.name(), cost(result) / cost(floor)))
                .orElse(result);
    }

    private static Optional<BenchmarkResult> own(BenchmarkResult result, List<BenchmarkResult> floors) {
        return floors.stream()
                .filter(f -> raised(f.name()).equals(result.name()))
                .findFirst();
    }

    /** A floor that belongs to one method is none of the class, and a role of a group is like nothing outside of it. */
    private static Optional<BenchmarkResult> ofClass(
            BenchmarkResult result, List<BenchmarkResult> floors, List<BenchmarkResult> all) {
        return isRole(result)
                ? Optional.empty()
                : floors.stream()
                        .filter(f -> !isRole(f))
                        .filter(f -> all.stream()
                                .noneMatch(r ->
                                        r.group().equals(f.group()) && r.name().equals(raised(f.name()))))
                        .min(Comparator.comparingDouble(Floors::cost));
    }

    private static boolean isRole(BenchmarkResult result) {
        return result.name().indexOf(':') >= 0;
    }

    /** Returns the name of what stands on this floor: {@code floorG:floorR} carries {@code g:r}. */
    private static String raised(String floor) {
        return Arrays.stream(floor.split(":", -1))
                .map(part -> part.startsWith("floor") ? lowerFirst(part.substring("floor".length())) : part)
                .collect(Collectors.joining(":"));
    }

    private static String lowerFirst(String name) {
        return name.isEmpty() ? "" : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static double cost(BenchmarkResult result) {
        return result.mode().equals("thrpt") ? 1 / result.median() : result.median();
    }
}
