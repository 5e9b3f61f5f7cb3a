package org.jurcu.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What the README shows is what runs, and no page points into the void or is pointed at by none. */
class ReadmeTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path ROOT = MODULE.getParent();
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void theReadmeShowsTheProgramThatIsTested() throws IOException {
        Matcher block = JAVA_BLOCK.matcher(read(ROOT.resolve("README.md")));
        assertTrue(block.find(), "README.md has no java block");
        String program = read(MODULE.resolve("src/test/java/org/jurcu/docs/PriceBoard.java"));
        assertEquals(program.replaceFirst("^package [^;]+;\\n\\n", ""), block.group(1));
    }

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void theProgramRuns() throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            PriceBoard.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertEquals(2, lines.size(), () -> "printed: " + lines);
        assertTrue(lines.get(0).matches("read 4[12]"), lines.get(0));
        assertEquals("recycled 1", lines.get(1));
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(read(page));
            while (link.find()) {
                String target = link.group(1);
                if (target.contains("://") || target.startsWith("mailto:")) {
                    continue;
                }
                links++;
                if (!Files.exists(page.resolveSibling(target))) {
                    dead.add(ROOT.relativize(page) + " -> " + target);
                }
            }
        }
        assertTrue(links > 0, "no link was found in " + pages());
        assertEquals(List.of(), dead);
    }

    @Test
    void theReadmeListsEveryPage() throws IOException {
        String readme = read(ROOT.resolve("README.md"));
        List<Path> pages = pages();
        assertFalse(pages.isEmpty());
        for (Path page : pages) {
            String name = ROOT.relativize(page).toString().replace('\\', '/');
            assertTrue(
                    name.equals("README.md") || readme.contains("](" + name + ")"),
                    () -> "README.md does not list " + name);
        }
    }

    /** The pages of the root and of docs/. */
    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(f -> f.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }
}
