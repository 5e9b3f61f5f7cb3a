package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jurcu.stress.campaign.model.CampaignException;

class MutantFilesTest {
    private static final String GOOD = """
            # a comment
            id  one
            file a/src/main/java/p/A.java
            line x = 1; // odd, and kept
            with
            why it is wrong
            kill jcstress A\\.Shipped
            """;

    @Test
    void readsParagraphs() throws CampaignException {
        List<Mutant> mutants = MutantFiles.parse(
                "x.txt", GOOD + "\n\n" + GOOD.replace("one", "two") + "under void f() {\nhang kills\n");
        assertEquals(2, mutants.size());
        Mutant one = mutants.get(0);
        assertEquals("one", one.id());
        assertEquals("x = 1; // odd, and kept", one.line());
        assertEquals("", one.with());
        assertEquals("", one.under());
        assertFalse(one.hangKills());
        assertEquals("jcstress A\\.Shipped", one.detector().label());
        assertEquals("void f() {", mutants.get(1).under());
        assertTrue(mutants.get(1).hangKills());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id  one      | ided one      | 'ided' is no key
            why it is    | id x          | a second 'id'
            with         | # with        | has no 'with'
            kill jcstress | hang sometimes \\n kill jcstress | 'hang' is 'kills' or left out
            kill jcstress A | kill magic A | 'magic' is no detector
            kill jcstress A\\.Shipped | kill jcstress | wants one regular expression
            kill jcstress A\\.Shipped | kill unit m | wants a module, a class
            kill jcstress A\\.Shipped | kill jcstress ( | no regular expression
            kill jcstress A\\.Shipped | kill replay | wants a recording
            """)
    void saysWhatIsWrong(String what, String wrong, String sentence) {
        String text = GOOD.replace(what, wrong.replace("\\n", "\n"));
        assertFalse(text.equals(GOOD));
        String message = assertThrows(CampaignException.class, () -> MutantFiles.parse("x.txt", text))
                .getMessage();
        assertTrue(message.startsWith("x.txt ") && message.contains(sentence), message);
    }

    @Test
    void namesAreUniqueOverAllFiles(@TempDir Path root) throws Exception {
        Path directory = Files.createDirectories(root.resolve("stress/mutants"));
        Files.writeString(directory.resolve("b.txt"), GOOD.replace("one", "second"));
        Files.writeString(directory.resolve("a.txt"), GOOD);
        Files.writeString(directory.resolve("notes.md"), "no mutants");
        assertEquals(
                List.of("one", "second"),
                MutantFiles.read(root).stream().map(Mutant::id).toList());
        Files.writeString(directory.resolve("c.txt"), GOOD);
        assertEquals(
                "two mutants are called one; rename one",
                assertThrows(CampaignException.class, () -> MutantFiles.read(root))
                        .getMessage());
    }

    @Test
    void withoutTheSourceThereAreNone(@TempDir Path root) {
        assertTrue(assertThrows(CampaignException.class, () -> MutantFiles.read(root))
                .getMessage()
                .contains("needs a checkout"));
    }
}
