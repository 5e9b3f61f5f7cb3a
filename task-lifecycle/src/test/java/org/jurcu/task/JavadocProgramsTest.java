package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.rcu.Rcu;

/** The programs in the javadoc do what it says: that of {@link TaskLayout} shows I4, and no harm where it is sound. */
@Tag("any-fence")
class JavadocProgramsTest {
    private static final Pattern PROGRAM = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

    @TempDir
    Path dir;

    @Test
    void theUnionIsDamaged() throws Exception {
        List<String> out = run(TaskLayout.UNION);
        assertEquals(5, out.size(), () -> "" + out);
        assertTrue(
                out.get(0).matches("3: count op on rcu_head \\(QUEUED, 0xffff8880000000c0 -> 0xffff8880000000c1\\)"));
        assertTrue(out.get(1).startsWith("3: bogus success (QUEUED"));
        assertEquals("true", out.get(2));
        assertTrue(out.get(3).matches("2: link into nowhere \\(QUEUED, 0x\\w*c1 -> 0x\\w*c0\\)"));
        assertTrue(out.get(4).startsWith("2: lost callback"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SPLIT", "TAGGED"})
    void theOthersRefuse(TaskLayout layout) throws Exception {
        assertEquals(List.of("false"), run(layout));
    }

    @Test
    void aSlotTellsTheLateReader() throws Exception {
        assertEquals(List.of("true", "false", "no reader is left"), run(program(RcuUsersSlot.class)));
    }

    /** What each of the other programs prints. */
    @ParameterizedTest
    @MethodSource
    void everyProgramDoesWhatItSays(Class<?> type, List<String> says) throws Exception {
        assertEquals(says, run(program(type)));
    }

    static Stream<Arguments> everyProgramDoesWhatItSays() {
        return Stream.of(
                Arguments.of(Kernel.class, List.of("2 was reaped", "slot 2 is free")),
                Arguments.of(
                        Fork.class,
                        List.of(
                                "2 rcu users, usage 1",
                                "4 is 1 in its namespace",
                                "pid 3 is in use: release its task first")),
                Arguments.of(Exit.class, List.of("true", "1", "0")),
                Arguments.of(Wait.class, List.of("0", "2", "2", "true")),
                Arguments.of(UnreadKernel.class, List.of("it is dead, and its memory stays", "its memory is gone")),
                Arguments.of(
                        SlotDamage.class,
                        List.of("COUNT_OP_ON_RCU_HEAD QUEUED 3221225472", "LENGTH_MISMATCH FREED -3221225472")));
    }

    private List<String> run(TaskLayout layout) throws IOException, InterruptedException, URISyntaxException {
        return run(program(TaskLayout.class).replace("TaskLayout.UNION", "TaskLayout." + layout));
    }

    private static String program(Class<?> type) throws IOException {
        Matcher m = PROGRAM.matcher(
                Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java")));
        assertTrue(m.find(), () -> "the javadoc of " + type.getSimpleName() + " holds a program");
        return m.group(1).replaceAll("(?m)^ \\* ?", "");
    }

    private List<String> run(String program) throws IOException, InterruptedException, URISyntaxException {
        Path file = Files.writeString(dir.resolve("Program.java"), program);
        String classes = String.join(
                File.pathSeparator,
                where(Kernel.class),
                where(Rcu.class),
                where(MpscVarHandleArrayQueue.class),
                where(MessagePassingQueue.class));
        Path out = dir.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        file.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertTrue(process.waitFor(50, TimeUnit.SECONDS), "the program hangs");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue());
        return Files.readAllLines(out);
    }

    private static String where(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
