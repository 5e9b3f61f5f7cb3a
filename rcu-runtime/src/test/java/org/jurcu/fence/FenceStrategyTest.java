package org.jurcu.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which strategy is in force for which command line, what is said when it cannot be, and that nothing else is said. */
class FenceStrategyTest {
    private static final String GRANTED = "--enable-native-access=ALL-UNNAMED";

    private static FenceProcess run(Class<?> program, String... options) throws Exception {
        return FenceProcess.run(program, List.of(options));
    }

    private static void assertInForce(String strategy, String... options) throws Exception {
        FenceProcess process = run(FenceProgram.PrintStrategy.class, options);
        assertEquals("strategy=" + strategy, process.out(), process.err());
        assertEquals("", process.err(), "something was said on standard error");
        assertEquals(0, process.status());
    }

    @Test
    void theFullFenceIsThereEverywhere() {
        assertEquals(FenceStrategy.FULL, FenceStrategy.choose("full"));
        assertEquals("full", FenceStrategy.FULL.strategyName());
        assertFalse(FenceStrategy.FULL.isAsymmetric());
        assertTrue(FenceStrategy.MEMBARRIER.isAsymmetric());
    }

    @Test
    void theStrategyIsAConstantToTheCompiler() throws NoSuchFieldException {
        for (var field : List.of(
                AsymmetricFence.class.getDeclaredField("ASYMMETRIC"), Membarrier.class.getDeclaredField("EXACT"))) {
            assertTrue(Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers()));
        }
    }

    /** What the build asked for by -Djurcu.test.fence is what its tests run under. */
    @Test
    void theTestsRunUnderTheStrategyThatWasAskedFor() {
        String wish = System.getProperty("jurcu.test.fence", "auto");
        assertEquals(wish, System.getProperty("jurcu.fence", "auto"), "the wish did not reach this JVM");
        assertEquals(wish.equals("membarrier") ? "membarrier" : "full", AsymmetricFence.strategy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "full"})
    void withoutNativeAccessItIsTheFullFenceInSilence(String wish) throws Exception {
        assertInForce("full", "-Djurcu.fence=" + wish);
    }

    @Test
    void withoutThePropertyItIsAuto() throws Exception {
        assertInForce("full");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void whereNativeAccessIsDeniedItIsTheFullFenceInSilence() throws Exception {
        assertInForce("full", "--illegal-native-access=deny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "membarrier"})
    @EnabledForJreRange(min = JRE.JAVA_22)
    @EnabledOnOs(OS.LINUX)
    void withNativeAccessItIsMembarrierInSilence(String wish) throws Exception {
        assertInForce("membarrier", "-Djurcu.fence=" + wish, GRANTED);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void theFullFenceCanBeHadWithNativeAccessToo() throws Exception {
        assertInForce("full", "-Djurcu.fence=full", GRANTED);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21)
    void anOldJdkHasTheFullFenceAndSaysWhyNotMore() throws Exception {
        assertInForce("full", "-Djurcu.fence=auto", GRANTED);
        assertRefused(
                "membarrier",
                "it needs JDK 22 or later, and this is JDK 17; run on a later one," + " or use -Djurcu.fence=auto.");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    @EnabledOnOs(OS.LINUX)
    void membarrierWithoutNativeAccessSaysWhatToAdd() throws Exception {
        assertRefused(
                "membarrier",
                "native access is not enabled for the class path; add"
                        + " --enable-native-access=ALL-UNNAMED to the command line, or use -Djurcu.fence=auto.");
    }

    private static void assertRefused(String wish, String end) throws Exception {
        String sentence = "-Djurcu.fence=" + wish + " is not available: " + end;
        FenceProcess bare = run(FenceProgram.PrintStrategy.class, "-Djurcu.fence=" + wish);
        assertEquals(1, bare.status());
        assertTrue(bare.err().contains(sentence), bare.err());
        assertFalse(bare.err().contains("WARNING"), bare.err());
        FenceProcess domain = run(FenceProgram.CreateDomain.class, "-Djurcu.fence=" + wish);
        assertEquals("refused: " + sentence, domain.out(), domain.err());
        assertEquals("", domain.err());
    }

    @Test
    void anUnknownStrategyIsRefusedWithASentence() throws Exception {
        String sentence = "-Djurcu.fence=Full names no strategy: use auto, membarrier or full.";
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> FenceStrategy.choose("Full"))
                        .getMessage());
        assertEquals(
                "refused: " + sentence,
                run(FenceProgram.CreateDomain.class, "-Djurcu.fence=Full").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "full"})
    void aDomainWorksUnderEach(String wish) throws Exception {
        FenceProcess process = run(FenceProgram.CreateDomain.class, "-Djurcu.fence=" + wish, GRANTED);
        assertEquals("created", process.out(), process.err());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    @EnabledOnOs(OS.LINUX)
    void aNamedModuleIsToldItsOwnName() throws Exception {
        FenceProcess refused = FenceProcess.runAsModule("-Djurcu.fence=membarrier");
        assertTrue(
                refused.err().contains("add --enable-native-access=org.jurcu.rcu to the command line"), refused.err());
        FenceProcess granted =
                FenceProcess.runAsModule("-Djurcu.fence=membarrier", "--enable-native-access=org.jurcu.rcu");
        assertEquals("strategy=membarrier", granted.out(), granted.err());
        assertEquals("", granted.err());
        assertEquals("strategy=full", FenceProcess.runAsModule(GRANTED).out(), "that grants it to others");
    }

    /** Each step says on standard out what it found. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    @EnabledOnOs(OS.LINUX)
    void whatTheKernelRefusesIsNeverIgnored() throws Exception {
        FenceProcess process = run(FenceProgram.FailingCommand.class, "-Djurcu.fence=membarrier", GRANTED);
        assertEquals(
                "refused: membarrier(32) failed (errno 1), so no order holds: let the system-call filter pass it, or use"
                        + " -Djurcu.fence=full.",
                process.out(),
                process.err());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    @EnabledOnOs(OS.LINUX)
    void virtualThreadsMayIssueTheHeavyFence() throws Exception {
        FenceProcess process = run(FenceProgram.VirtualHeavy.class, "-Djurcu.fence=membarrier", GRANTED);
        assertEquals("1000 fences", process.out(), process.err());
        assertEquals("", process.err());
    }

    @ParameterizedTest
    @CsvSource({"amd64,324", "x86_64,324", "aarch64,283"})
    void theNumberIsTheArchitectures(String architecture, long number) {
        assertEquals(number, Membarrier.number("Linux", architecture));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,riscv64,and this is riscv64",
        "Linux,x86,and this is x86",
        "Mac OS X,aarch64,and this is Mac OS X"
    })
    void otherSystemsAreRefused(String system, String architecture, String reason) {
        String message = assertThrows(
                        UnsupportedOperationException.class, () -> Membarrier.number(system, architecture))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    /** Elsewhere property L of docs/grace-period.md section 10 was not looked into. */
    @Test
    void autoTakesMembarrierOnHotSpotOnly() {
        for (String name : List.of("OpenJDK 64-Bit Server VM", "Java HotSpot(TM) 64-Bit Server VM")) {
            assertTrue(FenceStrategy.isHotSpot(name), name);
        }
        for (String name : List.of("Eclipse OpenJ9 VM", "IBM J9 VM", "Substrate VM", "Zing 64-Bit Tiered VM", "")) {
            assertFalse(FenceStrategy.isHotSpot(name), name);
            assertEquals(FenceStrategy.FULL, FenceStrategy.choose("auto", name));
        }
    }

    /** As after the process was restored from a checkpoint. */
    @Test
    void aLostRegistrationIsRenewed() {
        List<Integer> commands = new ArrayList<>();
        Membarrier.issueAgain(Membarrier.PRIVATE_EXPEDITED, command -> {
            boolean registered = commands.contains(Membarrier.REGISTER_PRIVATE_EXPEDITED);
            commands.add(command);
            return command == Membarrier.PRIVATE_EXPEDITED && !registered ? "errno 1" : null;
        });
        assertEquals(List.of(Membarrier.REGISTER_PRIVATE_EXPEDITED, Membarrier.PRIVATE_EXPEDITED), commands);
        assertThrows(
                IllegalStateException.class,
                () -> Membarrier.issueAgain(Membarrier.PRIVATE_EXPEDITED, command -> "errno 1"));
    }

    /** The property is the JDK's own: under a calling convention that there is not, java.lang.foreign cannot be initialized. */
    @ParameterizedTest
    @ValueSource(strings = {"NONE_SUCH", "UNSUPPORTED"})
    @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "java.lang.foreign came with JDK 22")
    @EnabledOnOs(OS.LINUX)
    void whereNothingCanBeLinkedItIsTheFullFenceInSilence(String convention) throws Exception {
        String unlinkable = "-Djdk.internal.foreign.CABI=" + convention;
        assertInForce("full", "-Djurcu.fence=auto", GRANTED, unlinkable);
        FenceProcess forced = run(FenceProgram.CreateDomain.class, "-Djurcu.fence=membarrier", GRANTED, unlinkable);
        assertTrue(
                forced.out()
                        .matches("refused: -Djurcu.fence=membarrier is not available: membarrier could not be linked"
                                + " \\(java\\.lang\\..*\\); run without the property to get the full fence, or use"
                                + " -Djurcu.fence=auto\\."),
                forced.out() + forced.err());
        assertEquals("", forced.err());
    }

    @Test
    void whateverKeepsItFromBeingLinkedIsAnObstacle() {
        assertNull(Membarrier.obstacleTo(() -> null));
        assertEquals("seen", Membarrier.obstacleTo(() -> "seen"));
        assertEquals("refused", Membarrier.obstacleTo(() -> {
            throw new UnsupportedOperationException("refused");
        }));
        assertEquals(
                "it could not be linked (java.lang.NoClassDefFoundError: scripted); run without the property to get the"
                        + " full fence",
                Membarrier.obstacleTo(() -> {
                    throw new NoClassDefFoundError("scripted");
                }));
        assertThrows( // not ours to hide
                OutOfMemoryError.class,
                () -> Membarrier.obstacleTo(() -> {
                    throw new OutOfMemoryError("scripted");
                }));
    }
}
