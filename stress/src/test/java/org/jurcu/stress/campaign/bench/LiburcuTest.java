package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.terminal.PlainProgress;

class LiburcuTest {
    private static final BenchPlan PLAN = new BenchPlan(2, 2, 5, 100);
    private static final String GOOD = "echo scenarios 2; echo floorReadSection 1 1.0 1.0; echo readSection 1 2.0 2.0";

    @TempDir
    Path dir;

    /** A compiler that writes a program of this body where it is told to. */
    private Liburcu liburcu(String body) throws IOException {
        Path compiler = Scripts.write(dir.resolve("cc"), """
                echo "$*" >> compiled
                while [[ $1 != -o ]]; do shift; done
                printf '#!/bin/bash\\necho "$*" >> ran\\n%s\\n' '""" + body + """
                ' > "$2"
                chmod +x "$2"
                """);
        return with(compiler.toString());
    }

    private Liburcu with(String compiler) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return new Liburcu(dir.resolve("liburcu.c"), compiler, dir, new PlainProgress(nowhere));
    }

    @Test
    void eachFlavourIsBuiltAndRunAndStandsBesideItsFloor() throws Exception {
        Liburcu liburcu = liburcu(GOOD);
        liburcu.measure(List.of("memb", "qsbr"), PLAN);
        assertEquals(List.of(), liburcu.reasons());
        assertEquals(List.of(), liburcu.notes());
        assertEquals(4, liburcu.expected());
        assertEquals(4, liburcu.commands().size());
        assertTrue(
                liburcu.commands().get(0).contains("-DFLAVOUR_MEMB"),
                liburcu.commands().toString());
        assertTrue(
                liburcu.commands().get(3).endsWith("liburcu-qsbr 10 50"),
                liburcu.commands().toString());
        List<BenchmarkResult> divided = Floors.divide(liburcu.results());
        assertEquals("liburcu-qsbr", divided.get(3).group());
        assertEquals(2.0, divided.get(3).ratio());
        assertEquals("floorReadSection", divided.get(3).floor());
    }

    @Test
    void withoutACompilerThereIsASentence() throws Exception {
        Liburcu liburcu = with(dir.resolve("none").toString());
        liburcu.measure(List.of("memb", "mb"), PLAN);
        assertEquals(List.of(), liburcu.reasons());
        assertEquals(0, liburcu.expected());
        assertEquals(1, liburcu.notes().size());
        assertTrue(liburcu.notes().get(0).contains("Debian: gcc, liburcu-dev"));
    }

    @Test
    void withoutTheLibraryThereIsASentence() throws Exception {
        String compiler =
                Scripts.write(dir.resolve("cc"), "echo no urcu.h; exit 1\n").toString();
        Liburcu liburcu = with(compiler);
        liburcu.measure(List.of("memb", "mb"), PLAN);
        assertEquals(List.of(), liburcu.reasons());
        assertEquals(1, liburcu.notes().size());
        assertTrue(liburcu.notes().get(0).contains("Debian: liburcu-dev"));
    }

    @Test
    void aProgramThatFailsIsNoPass() throws Exception {
        Liburcu liburcu = liburcu(GOOD + "; exit 6");
        liburcu.measure(List.of("memb"), PLAN);
        assertEquals(1, liburcu.reasons().size());
        assertTrue(
                liburcu.reasons().get(0).contains("exit status 6"),
                liburcu.reasons().toString());
    }

    @Test
    void aMissingFigureIsNoPass() throws Exception {
        Liburcu liburcu = liburcu("echo scenarios 3; echo readSection 1 2.0");
        liburcu.measure(List.of("memb"), PLAN);
        assertEquals(3, liburcu.expected());
        assertTrue(
                liburcu.reasons().get(0).contains("gave 1 figures, not 3"),
                liburcu.reasons().toString());
        Liburcu silent = liburcu("true");
        silent.measure(List.of("memb"), PLAN);
        assertEquals(1, silent.reasons().size());
    }

    @Test
    void flavoursAreChosenByName() {
        assertEquals(List.of("memb", "mb", "qsbr", "bp"), Liburcu.matching(Pattern.compile("")));
        assertEquals(List.of("memb", "mb"), Liburcu.matching(Pattern.compile("ReadSide|liburcu.m")));
        assertEquals(List.of(), Liburcu.matching(Pattern.compile("ReadSide")));
        assertEquals(4, Liburcu.names().size());
    }
}
