package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.stress.StressTests;
import org.jurcu.stress.litmus.LitmusSuite;

/** The project's own mutants fit its source, and docs/mutants.md. A refactoring that moves a mutant's line fails here. */
class ShippedMutantsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    /** {@code | `id` | `File` | .. | `label` | ..}. */
    private static final Pattern ROW = Pattern.compile("\\| `([\\w-]+)` \\| `(\\w+)` \\|.*\\| `([^`]+)` \\| [^|]+ \\|");

    private static List<Mutant> mutants;

    @BeforeAll
    static void read() throws Exception {
        mutants = MutantFiles.read(ROOT);
    }

    @Test
    void eachLineStandsOnceAndChanges() throws Exception {
        assertTrue(mutants.size() >= 90, mutants.size() + " mutants");
        for (Mutant mutant : mutants) {
            List<String> was = Files.readAllLines(ROOT.resolve(mutant.file()));
            List<String> is = mutant.mutated(ROOT).lines().toList();
            assertEquals(was.size(), is.size(), mutant.id());
            int number = mutant.lineNumber(ROOT);
            for (int i = 0; i < was.size(); i++) {
                assertEquals(i + 1 == number, !was.get(i).equals(is.get(i)), mutant.id() + " line " + (i + 1));
            }
        }
    }

    @Test
    void eachDetectorIsThere() throws Exception {
        for (Mutant mutant : mutants) {
            if (mutant.detector() instanceof UnitDetector unit) {
                Path source = ROOT.resolve(unit.module())
                        .resolve("src/test/java")
                        .resolve(unit.testClass().replace('.', '/') + ".java");
                String method = unit.test().replaceFirst("[^#]*#?", "");
                assertTrue(Files.readString(source).contains("void " + method), mutant.id());
            } else if (mutant.detector() instanceof JcstressDetector jcstress) {
                List<String> tests = StressTests.matching(jcstress.regex());
                assertTrue(
                        tests.stream().allMatch(test -> TestKind.of(test) == TestKind.SHIPPED),
                        mutant.id() + " would be judged by " + tests);
            } else if (mutant.detector() instanceof LitmusDetector litmus) {
                assertFalse(LitmusSuite.matching(litmus.regex()).names().isEmpty(), mutant.id());
            } else if (mutant.detector() instanceof ReplayDetector replay) {
                assertTrue(Files.exists(ROOT.resolve(replay.file())), mutant.id());
            }
        }
    }

    @Test
    void theDocumentHasTheSame() throws Exception {
        List<String> documented = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/mutants.md")));
        while (row.find()) {
            documented.add(row.group(1) + " of " + row.group(2) + ": " + row.group(3));
        }
        assertEquals(
                mutants.stream()
                        .map(m -> m.id() + " of " + m.className().replaceFirst(".*\\.", "") + ": "
                                + m.detector().label())
                        .toList(),
                documented);
    }
}
