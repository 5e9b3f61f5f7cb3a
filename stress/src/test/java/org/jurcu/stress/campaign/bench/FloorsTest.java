package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.BenchmarkResult;

class FloorsTest {
    private static BenchmarkResult result(String group, String name, double median, Map<String, String> params) {
        return new BenchmarkResult(group, name, params, "full", "avgt", "ns/op", 1, 1, 5, median, median, null, null);
    }

    private static BenchmarkResult result(String group, String name, double median) {
        return result(group, name, median, Map.of());
    }

    @Test
    void aFloorOfTheSameNameIsTheMethodsOwn() {
        List<BenchmarkResult> divided = Floors.divide(List.of(
                result("Ref", "inc", 10),
                result("Ref", "floorInc", 5),
                result("Ref", "floorAny", 2),
                result("Ref", "dec", 8)));
        assertEquals("floorInc", divided.get(0).floor());
        assertEquals(2.0, divided.get(0).ratio());
        assertEquals("floorAny", divided.get(3).floor());
        assertEquals(4.0, divided.get(3).ratio());
    }

    @Test
    void rolesStandOnRoles() {
        List<BenchmarkResult> divided = Floors.divide(List.of(
                result("Sync", "oneReader:reads", 3),
                result("Sync", "oneReader:synchronizes", 300),
                result("Sync", "floorOneReader:answers", 1),
                result("Sync", "floorOneReader:floorSynchronizes", 100),
                result("Sync", "floorFence", 2),
                result("Sync", "idle", 8)));
        assertNull(divided.get(0).floor());
        assertEquals("floorOneReader:floorSynchronizes", divided.get(1).floor());
        assertEquals(3.0, divided.get(1).ratio());
        assertEquals("floorFence", divided.get(5).floor());
    }

    @Test
    void theLowestFloorOfTheClassCounts() {
        List<BenchmarkResult> divided = Floors.divide(
                List.of(result("Read", "rcu", 6), result("Read", "floorFence", 5), result("Read", "floorLoad", 1)));
        assertEquals("floorLoad", divided.get(0).floor());
    }

    @Test
    void aRoleIsDividedByTheFloorOfThatRole() {
        List<BenchmarkResult> divided = Floors.divide(List.of(
                result("Sync", "oneReader:reads", 9),
                result("Sync", "oneReader:waits", 80),
                result("Sync", "floorOneReader:answers", 2),
                result("Sync", "floorOneReader:floorWaits", 40)));
        assertNull(divided.get(0).floor(), "the floor of another role is none");
        assertEquals("floorOneReader:floorWaits", divided.get(1).floor());
        assertEquals(2.0, divided.get(1).ratio());
    }

    @Test
    void floorsOfOtherClassesOrParametersAreNotTaken() {
        List<BenchmarkResult> divided = Floors.divide(List.of(
                result("Read", "rcu", 6, Map.of("n", "1")),
                result("Read", "floor", 3, Map.of("n", "2")),
                result("Other", "floor", 1)));
        assertNull(divided.get(0).floor());
        assertNull(divided.get(0).ratio());
        assertNull(divided.get(1).floor());
    }

    @Test
    void aFloorOfTheOtherStrategyIsNotTaken() {
        BenchmarkResult fence = new BenchmarkResult(
                "Read", "floor", Map.of(), "membarrier", "avgt", "ns/op", 1, 1, 5, 1, 1, null, null);
        List<BenchmarkResult> divided = Floors.divide(List.of(result("Read", "rcu", 6), fence));
        assertNull(divided.get(0).floor());
    }

    @Test
    void throughputIsTurnedIntoTime() {
        BenchmarkResult fast =
                new BenchmarkResult("T", "floor", Map.of(), null, "thrpt", "ops/s", 1, 1, 5, 100, 100, null, null);
        BenchmarkResult slow =
                new BenchmarkResult("T", "rcu", Map.of(), null, "thrpt", "ops/s", 1, 1, 5, 50, 50, null, null);
        assertEquals(2.0, Floors.divide(List.of(fast, slow)).get(1).ratio());
    }
}
