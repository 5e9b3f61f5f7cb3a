package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.CampaignException;

class MutantTest {
    private static final String FILE = "lib/src/main/java/p/Thing.java";

    @TempDir
    private Path root;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(root.resolve(FILE).getParent());
        Files.writeString(root.resolve(FILE), """
                class Thing {
                    void one() {
                        fence(); // A: this before that
                        load();
                    }

                    void two() {
                        load(); // once more
                    }
                }
                """);
    }

    private static Mutant mutant(String under, String line, String with) {
        return new Mutant("it", FILE, under, line, with, "why", Detector.of("jcstress X"), false);
    }

    private String rot(Mutant mutant) {
        return assertThrows(CampaignException.class, () -> mutant.mutated(root)).getMessage();
    }

    @Test
    void theLineIsFoundWithoutItsCommentAndReplacedWithIt() throws Exception {
        Mutant mutant = mutant("", "fence();", "noFence();");
        assertEquals(3, mutant.lineNumber(root));
        String text = mutant.mutated(root);
        assertTrue(text.contains("\n        noFence();\n        load();\n"), text);
        assertEquals(
                Files.readString(root.resolve(FILE)).lines().count(),
                text.lines().count());
        assertEquals("p.Thing", mutant.className());
    }

    @Test
    void nothingMayTakeItsPlace() throws Exception {
        assertTrue(mutant("", "fence();", "").mutated(root).contains("void one() {\n        \n        load();"));
    }

    @Test
    void theFirstBehindALineThatStandsOnce() throws Exception {
        assertEquals(4, mutant("fence();", "load();", "").lineNumber(root));
        assertEquals(8, mutant("void two() {", "load();", "").lineNumber(root));
    }

    @Test
    void aLineThatIsGoneOrStandsTwiceHasRotted() {
        assertEquals(
                "mutant it has rotted: 'store();' is not in " + FILE + "; mend it in stress/mutants",
                rot(mutant("", "store();", "")));
        assertTrue(rot(mutant("", "load();", "")).contains("'load();' stands in " + FILE + " more than once"));
        assertTrue(rot(mutant("load();", "fence();", "")).contains("'load();' stands in"));
        assertTrue(
                rot(mutant("void two() {", "fence();", "")).contains("is not in " + FILE + " behind 'void two() {'"));
    }

    @Test
    void aFileThatIsGoneHasRottedToo() throws IOException {
        Files.delete(root.resolve(FILE));
        assertTrue(rot(mutant("", "fence();", "")).contains("its file " + FILE + " is gone"));
    }
}
