package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.stress.campaign.report.Json;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.replay.ReplayOrder;

class ReplayCommandTest {
    @TempDir
    Path dir;

    private Path recording(String name) throws IOException {
        return Files.writeString(dir.resolve(name), "");
    }

    @Test
    void agreementIsAPass() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("replay", recording("good.trace")));
        assertTrue(desk.out().contains("good.trace"), desk.out());
        assertTrue(desk.out().contains("pass"), desk.out());
        assertEquals(2, desk.lastOptions.readers());
    }

    @Test
    void anEarlyFreeIsAViolation() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(1, desk.run("replay", recording("good.trace"), recording("early.trace")));
        assertTrue(desk.out().contains("1 tasks freed under a reader"), desk.out());
    }

    @Test
    void aReplayThatBreaksOffIsAViolation() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(1, desk.run("replay", recording("broken.trace")));
        assertTrue(desk.out().contains("a task was freed twice"), desk.out());
    }

    @Test
    void aRecordingWithoutFreesIsInconclusive() throws IOException {
        assertEquals(3, new Desk(dir).run("replay", recording("empty.trace")));
    }

    @Test
    void aMissingFileStopsEverythingWithOneSentence() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run("replay", recording("good.trace"), dir.resolve("absent.trace")));
        assertEquals(
                "campaign: no such file: " + dir.resolve("absent.trace"),
                desk.err().strip());
        assertNull(desk.lastOptions, "a recording was replayed although another is missing");
        assertEquals("", desk.out());
    }

    @Test
    void aDirectoryIsNoRecording() {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run("replay", dir));
        assertTrue(desk.complaints().contains("is a directory"), desk.err());
    }

    @Test
    void aTornRecordingIsOneSentenceAndTheOthersAreStillWritten() throws IOException {
        Desk desk = new Desk(dir);
        Path json = dir.resolve("out.json");
        assertEquals(
                2, desk.run("replay", recording("torn.trace"), recording("good.trace"), "--json", json.toString()));
        assertEquals(
                "campaign: torn.trace:12: the line ends in the middle of an event",
                desk.err().strip());
        JsonNode results = new ObjectMapper().readTree(json.toFile());
        assertEquals(1, results.size());
        assertEquals("good.trace", results.get(0).get("trace").asText());
    }

    @Test
    void jsonHasTheDocumentedFieldsInTheirOrder() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("replay", "--json", "-", recording("a.trace"), recording("b.trace")));
        JsonNode results = new ObjectMapper().readTree(desk.out());
        assertTrue(results.isArray());
        assertEquals(2, results.size());
        List<String> names = new ArrayList<>();
        results.get(0).fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of(
                        "trace",
                        "layout",
                        "order",
                        "seed",
                        "cpus",
                        "readers",
                        "events",
                        "skipped",
                        "forks",
                        "exits",
                        "kernelFrees",
                        "modelFrees",
                        "matched",
                        "mismatches",
                        "zombiesLeft",
                        "liveLeft",
                        "earlyFrees",
                        "doubleFrees",
                        "leaks",
                        "warnings",
                        "waitResultsCompared",
                        "waitResultsMatched",
                        "sigchldCompared",
                        "sigchldMatched",
                        "seconds",
                        "notes"),
                names);
        assertTrue(desk.err().contains("a.trace"), "the table goes where the JSON does not");
    }

    @Test
    void aPageThatFailsHidesNoResult() throws IOException {
        Desk desk = new Desk(dir);
        Path json = dir.resolve("out.json");
        Path empty = recording("good.trace"); // the page reads it for itself, and finds no event in it
        assertEquals(2, desk.run("replay", empty, "--json", json, "--timeline", dir.resolve("page.html")));
        assertTrue(desk.complaints().contains("the recording is empty"), desk.err());
        assertTrue(desk.out().contains("good.trace"), desk.out());
        assertEquals(1, new ObjectMapper().readTree(json.toFile()).size());
    }

    @Test
    void repeatsHaveTheSeedsInTurn() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("replay", "--order", "racy", "--seed", 5, "--repeat", 4, recording("good.trace")));
        assertEquals(4, desk.replays);
        assertEquals(8, desk.lastOptions.seed());
        assertEquals(ReplayOrder.RACY, desk.lastOptions.order());
        assertNotNull(desk.lastOptions.history());
    }

    @Test
    void theOrderOfTheRecordingIsTheDefault() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("replay", recording("good.trace")));
        assertEquals(ReplayOrder.TRACE, desk.lastOptions.order());
        assertNull(desk.lastOptions.history());
        assertEquals(0, desk.run("replay", "--order", "racy", "--history", 0, recording("good.trace")));
        assertEquals(ReplayOrder.RACY, desk.lastOptions.order());
        assertEquals(0, desk.lastOptions.seed());
        assertNull(desk.lastOptions.history());
    }

    @Test
    void aViolationEndsTheRepeatsAndSaysHowToSeeItAgain() throws IOException {
        Desk desk = new Desk(dir);
        Path file = recording("rare one.trace");
        assertEquals(
                1, desk.run("replay", "--order", "racy", "--seed", 10, "--repeat", 100, "--layout", "split", file));
        assertEquals(3, desk.replays);
        assertTrue(
                desk.out()
                        .contains(String.join(
                                System.lineSeparator(),
                                "rare one.trace: a violation with seed 12",
                                "  pid 41: it leaks",
                                "    #1 usage 0 -> 1",
                                "    #2 usage 1 -> 2",
                                "again: ./campaign replay --order racy --seed 12 --layout tagged --readers 2 --history"
                                        + " 16 '"
                                        + file + "'")),
                desk.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--order backwards, there is no order 'backwards'",
        "--seed 3, --seed needs --order racy",
        "--order racy --seed -1, a seed is 1 or more",
        "--repeat 0, once or more often",
        "--history -1, a history keeps 0 to 65536 changes"
    })
    void senselessOrdersAreRefused(String options, String complaint) throws IOException {
        Desk desk = new Desk(dir);
        List<Object> args = new ArrayList<>(List.of("replay"));
        args.addAll(List.of(options.split(" ")));
        args.add(recording("good.trace"));
        assertEquals(2, desk.run(args.toArray()));
        assertTrue(desk.complaints().contains(complaint), desk.err());
        assertEquals(0, desk.replays);
    }

    @Test
    void standardInputIsNotRepeated() {
        Desk desk = new Desk(dir, Path.of("java"), "events");
        assertEquals(2, desk.run("replay", "--order", "racy", "--repeat", 2, "-"));
        assertTrue(desk.complaints().contains("standard input can be replayed once"), desk.err());
    }

    @Test
    void aMismatchHasPidAndWhat() {
        String json = Json.write(List.of(Reports.withMismatch("x", 41, "the kernel freed it, the model did not")));
        assertTrue(json.contains("\"pid\" : 41"), json);
        assertTrue(json.contains("\"what\" : \"the kernel freed it, the model did not\""), json);
    }

    @Test
    void standardInputIsReadOnce() {
        assertEquals(0, new Desk(dir, Path.of("java"), "events").run("replay", "-"));
        Desk desk = new Desk(dir, Path.of("java"), "events");
        assertEquals(2, desk.run("replay", "-", "-"));
        assertTrue(desk.complaints().contains("standard input"), desk.err());
    }

    @ParameterizedTest
    @CsvSource({
        "tagged, TAGGED",
        "TAGGED, TAGGED",
        "' Tagged', TAGGED",
        "split, SPLIT",
        "union, UNION",
        "pre-union, PRE_UNION",
        "PRE_UNION, PRE_UNION"
    })
    void layoutsAreNamedInAnyCase(String name, TaskLayout layout) throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("replay", "--layout", name, recording("good.trace")));
        assertEquals(layout, desk.lastOptions.layout());
    }

    @Test
    void anUnknownLayoutIsAnsweredWithThoseThatExist() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run("replay", "--layout", "round", recording("good.trace")));
        assertEquals(
                "campaign: there is no layout 'round'; there is pre-union, union, split, tagged",
                desk.complaints().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1025", "two"})
    void readersAreChecked(String readers) throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run("replay", "--readers=" + readers, recording("good.trace")));
        assertEquals(1, desk.err().lines().count(), desk.err());
    }

    @Test
    void readersArePassedOn() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("replay", "--readers", "5", recording("good.trace")));
        assertEquals(5, desk.lastOptions.readers());
    }

    @Test
    void jsonThatCannotBeWrittenIsFoundOutBeforeTheReplay() throws IOException {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run("replay", recording("good.trace"), "--json", dir.resolve("no/such/dir.json")));
        assertNull(desk.lastOptions);
    }

    @Test
    void aTimelineIsWrittenAndWatchesTheCounts() throws IOException {
        Desk desk = new Desk(dir);
        Path file = Files.writeString(
                dir.resolve("good.trace"),
                "            bash-10      [000] ..... 1.000000: sched_process_exit: comm=bash pid=10 prio=120"
                        + " group_dead=true\n");
        Path page = dir.resolve("page.html");
        assertEquals(0, desk.run("replay", file, "--timeline", page), desk.err());
        assertTrue(desk.lastOptions.history() != null, "nobody watched the counts");
        assertTrue(Files.readString(page).contains("\"tasks\":[\n[10,0,-1,0,0,0,-1"), Files.readString(page));
    }

    @Test
    void aTimelineShowsOneFile() throws IOException {
        Path page = dir.resolve("page.html");
        String sentence = "campaign: --timeline reads its recording twice and shows one: give one file, and not -";
        Desk two = new Desk(dir);
        assertEquals(2, two.run("replay", recording("a.trace"), recording("b.trace"), "--timeline", page));
        assertEquals(sentence, two.err().strip());
        Desk standard = new Desk(dir);
        assertEquals(2, standard.run("replay", "-", "--timeline", page));
        assertEquals(sentence, standard.err().strip());
        Desk nowhere = new Desk(dir);
        assertEquals(2, nowhere.run("replay", recording("a.trace"), "--timeline", dir.resolve("no/page.html")));
        assertTrue(nowhere.complaints().contains("there is no directory"), nowhere.err());
        assertNull(nowhere.lastOptions, "replayed although the page cannot be written");
    }
}
