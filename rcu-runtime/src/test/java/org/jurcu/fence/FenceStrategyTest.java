package org.jurcu.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.rcu.Rcu;

class FenceStrategyTest {
    @ParameterizedTest
    @ValueSource(strings = {"auto", "full"})
    void theFullFenceIsThereEverywhere(String wish) {
        assertEquals(FenceStrategy.FULL, FenceStrategy.choose(wish));
        assertEquals("full", FenceStrategy.choose(wish).strategyName());
        assertFalse(FenceStrategy.choose(wish).isAsymmetric());
    }

    @Test
    void whatCannotBeHadIsRefusedWithASentence() {
        String membarrier = assertThrows(UnsupportedOperationException.class, () -> FenceStrategy.choose("membarrier"))
                .getMessage();
        assertTrue(membarrier.contains("-Djurcu.fence=membarrier is not available"), membarrier);
        String unknown = assertThrows(IllegalArgumentException.class, () -> FenceStrategy.choose("Full"))
                .getMessage();
        assertTrue(unknown.contains("use auto, membarrier or full"), unknown);
    }

    @Test
    void theStrategyIsAConstantToTheCompiler() throws NoSuchFieldException {
        int modifiers = AsymmetricFence.class.getDeclaredField("ASYMMETRIC").getModifiers();
        assertTrue(Modifier.isStatic(modifiers) && Modifier.isFinal(modifiers));
    }

    @ParameterizedTest
    @CsvSource({"full,0,strategy=full", "auto,0,strategy=full", "membarrier,1,is not available", "x,1,names no strategy"
    })
    void thePropertyDecidesForTheProcess(String wish, int expectedExit, String expectedText)
            throws IOException, InterruptedException {
        assertChild(PrintStrategy.class, wish, expectedExit, expectedText);
    }

    @ParameterizedTest
    @CsvSource({
        "full,created created",
        "membarrier,refused: -Djurcu.fence=membarrier is not available",
        "x,refused: -Djurcu.fence=x names no strategy"
    })
    void aDomainIsRefusedWithTheSentence(String wish, String expectedText) throws IOException, InterruptedException {
        assertChild(CreateDomain.class, wish, 0, expectedText);
    }

    private static void assertChild(Class<?> program, String wish, int expectedExit, String expectedText)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djurcu.fence=" + wish,
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(expectedExit, process.waitFor(), output);
        assertTrue(output.contains(expectedText), output);
        assertNotEquals("", output);
    }

    /** Run by a test above in a process of its own. */
    static final class PrintStrategy {
        private PrintStrategy() {}

        public static void main(String[] args) {
            AsymmetricFence.light();
            AsymmetricFence.heavy();
            System.out.println("strategy=" + AsymmetricFence.strategy());
        }
    }

    /** Run by a test above in a process of its own: two domains, as a class is initialized only once. */
    static final class CreateDomain {
        private CreateDomain() {}

        public static void main(String[] args) {
            String first = create();
            String second = create();
            System.out.println(first + " " + second);
            String sentence = first.replaceFirst("refused: ", "");
            if (!second.contains(sentence)) {
                throw new AssertionError("the second time it said something else");
            }
        }

        private static String create() {
            try (Rcu rcu = Rcu.create("fence")) {
                rcu.call(rcu::name);
                rcu.barrier();
                return "created";
            } catch (IllegalStateException e) {
                return "refused: " + e.getMessage();
            }
        }
    }
}
