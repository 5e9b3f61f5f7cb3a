package org.jurcu.stress.campaign.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShardTest {
    private static final List<String> NAMES = List.of("e", "a", "d", "c", "b");
    private static final Map<String, List<String>> GROUPS =
            new TreeMap<>(Map.of("A", List.of("A.1", "A.2"), "B", List.of("B.1"), "C", List.of("C.1", "C.2", "C.3")));

    @Test
    void shardsAreTheWholeAndDoNotOverlap() {
        for (int of = 1; of <= 7; of++) {
            List<String> names = new ArrayList<>();
            List<String> grouped = new ArrayList<>();
            for (int index = 1; index <= of; index++) {
                names.addAll(new Shard(index, of).mine(NAMES));
                grouped.addAll(new Shard(index, of).mine(GROUPS));
            }
            Collections.sort(names);
            Collections.sort(grouped);
            assertEquals(List.of("a", "b", "c", "d", "e"), names);
            assertEquals(List.of("A.1", "A.2", "B.1", "C.1", "C.2", "C.3"), grouped);
        }
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        List<String> shuffled = new ArrayList<>(NAMES);
        Collections.shuffle(shuffled, new Random(7));
        assertEquals(new Shard(2, 3).mine(NAMES), new Shard(2, 3).mine(shuffled));
        Map<String, List<String>> other = new LinkedHashMap<>();
        List.of("C", "A", "B").forEach(group -> other.put(group, GROUPS.get(group)));
        assertEquals(new Shard(1, 2).mine(GROUPS), new Shard(1, 2).mine(other));
    }

    @Test
    void groupsStayWholeAndLoadsAreAlike() {
        assertEquals(List.of("C.1", "C.2", "C.3"), new Shard(1, 2).mine(GROUPS));
        assertEquals(List.of("A.1", "A.2", "B.1"), new Shard(2, 2).mine(GROUPS));
    }

    @Test
    void theEnginesNumberTheirTasks() throws Exception {
        Map<String, String> none = Map.of();
        assertEquals(new Shard(2, 8), Shard.parse("2/8", none));
        assertEquals(
                new Shard(3, 4),
                Shard.parse(
                        "auto",
                        Map.of(
                                "SLURM_ARRAY_TASK_ID", "2",
                                "SLURM_ARRAY_TASK_MIN", "0",
                                "SLURM_ARRAY_TASK_COUNT", "4")));
        assertEquals(new Shard(1, 3), Shard.parse("auto", Map.of("JOB_COMPLETION_INDEX", "0", "JURCU_SHARDS", "3")));
    }

    @Test
    void whatIsNoShardIsOneSentence() {
        for (String text : List.of("0/2", "3/2", "1", "a/b", "1/0", "-1/2", "")) {
            assertTrue(refusal(text, Map.of()).contains("is no shard"), text);
        }
        assertTrue(refusal("auto", Map.of()).contains("give --shard i/n"));
        assertTrue(refusal("auto", Map.of("JOB_COMPLETION_INDEX", "0")).contains("JURCU_SHARDS, which is not set"));
        assertTrue(refusal("auto", Map.of("JOB_COMPLETION_INDEX", "3", "JURCU_SHARDS", "3"))
                .contains("shard 4 of 3"));
        assertThrows(IllegalArgumentException.class, () -> new Shard(3, 2));
    }

    private static String refusal(String text, Map<String, String> environment) {
        return assertThrows(CampaignException.class, () -> Shard.parse(text, environment))
                .getMessage();
    }
}
