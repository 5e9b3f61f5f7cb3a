package org.jurcu.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of orders in docs/stress.md: no class of the two libraries that orders memory is without a row, nor a letter that stands
 * in one; and each row names a twin that exists, or a reason.
 */
class OrderTableTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final List<String> MAIN = List.of("rcu-runtime/src/main/java", "task-lifecycle/src/main/java");
    private static final List<String> MODELS = List.of("rcu-runtime/src/test/java", "task-lifecycle/src/test/java");
    private static final List<String> RACES = List.of("stress/src/main/java");

    private static final String HEADING = "## Every order, and who shows it";
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)\\.(\\w+)`");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

    /** A VarHandle's or an atomic's access, one of ours that says its mode, a fence, a volatile or atomic field. */
    private static final Pattern ORDERED =
            Pattern.compile("\\.(get|set|getAnd\\w+|compareAnd\\w+|weakCompareAnd\\w+)(Acquire|Release|Volatile)\\("
                    + "|\\.(getAnd(Add|Set|Bitwise\\w+)|compareAnd(Set|Exchange)|weakCompareAndSet)\\("
                    + "|[a-z](Volatile|Acquire|Release)(?![a-z])\\w*\\("
                    + "|\\b(full|acquire|release|loadLoad|storeStore)Fence\\(|AsymmetricFence\\.(light|heavy)\\("
                    + "|\\bvolatile\\b|\\bAtomic[A-Z]\\w+");

    /** {@code // U5 C: ..}: lines, and the letter of an order. */
    private static final Pattern LETTER = Pattern.compile("// (?:[A-Z]\\d+\\w?(?:, [A-Z]\\d+\\w?)* )?([A-Z])[:;,]");

    /** {@code members} are those of the first cell, by their classes. */
    private record Row(List<MatchResult> members, Set<String> letters, String order, String answer) {
        private Row(String[] cells) {
            this(
                    NAME.matcher(cells[1]).results().toList(),
                    Arrays.stream(cells[2].strip().split(", ")).collect(Collectors.toCollection(TreeSet::new)),
                    cells[3],
                    cells[4]);
        }

        private boolean isOf(String type) {
            return members.stream().anyMatch(member -> member.group(1).equals(type));
        }
    }

    private static List<Row> rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .map(Row::new)
                .toList();
    }

    private static List<Row> rows() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/stress.md"));
        int begin = page.indexOf(HEADING);
        assertTrue(begin >= 0, "no section " + HEADING);
        int end = page.indexOf("\n## ", begin + 1);
        return rows(page.substring(begin, end < 0 ? page.length() : end));
    }

    /** The text of every class's file, by the class's name. */
    private static Map<String, String> sources(List<String> folders) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("package-info.java"))
                        .toList()) {
                    // two classes of one name, as the two Misuse, share their rows
                    sources.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    private static String code(String source) {
        return COMMENT.matcher(source).replaceAll("");
    }

    private static boolean contains(Map<String, String> sources, String type, String word) {
        String source = sources.get(type);
        return source != null
                && Pattern.compile("\\b" + word + "\\b").matcher(code(source)).find();
    }

    /** The classes that order memory and have no row, and the letters in their comments that no row of theirs has. */
    private static List<String> uncovered(Map<String, String> sources, List<Row> rows) {
        List<String> uncovered = new ArrayList<>();
        sources.forEach((type, source) -> {
            List<Row> own = rows.stream().filter(row -> row.isOf(type)).toList();
            if (ORDERED.matcher(code(source)).find() && own.isEmpty()) {
                uncovered.add(type);
            }
            LETTER.matcher(source)
                    .results()
                    .map(letter -> letter.group(1))
                    .distinct()
                    .filter(letter ->
                            own.stream().noneMatch(row -> row.letters().contains(letter)))
                    .forEach(letter -> uncovered.add(type + " " + letter));
        });
        return uncovered;
    }

    /** What the rows say that is not so. */
    private static List<String> faults(
            Map<String, String> main, Map<String, String> models, Map<String, String> races, List<Row> rows) {
        List<String> faults = new ArrayList<>();
        for (Row row : rows) {
            row.members().stream()
                    .filter(member -> !contains(main, member.group(1), member.group(2)))
                    .forEach(member -> faults.add(member.group() + " is not in the code"));
            List<MatchResult> named = NAME.matcher(row.answer()).results().toList();
            named.stream()
                    .filter(name -> name.group(2).startsWith("Weakened")
                            ? !contains(races, name.group(1), "class " + name.group(2))
                            : !contains(models, name.group(1), name.group(2)))
                    .forEach(name -> faults.add(name.group() + " does not exist"));
            if (named.isEmpty() && !row.answer().strip().startsWith("Reason: ")) {
                faults.add("neither a twin nor a reason: " + row.answer().strip());
            }
            if (row.members().isEmpty() || row.order().isBlank()) {
                faults.add("no place or no order: " + row);
            }
        }
        return faults;
    }

    @Test
    void everyOrderHasItsRow() throws IOException {
        Map<String, String> main = sources(MAIN);
        assertTrue(ORDERED.matcher(code(main.get("GracePeriodSequence"))).find());
        assertEquals(List.of(), uncovered(main, rows()));
    }

    @Test
    void whatARowNamesExists() throws IOException {
        assertEquals(List.of(), faults(sources(MAIN), sources(MODELS), sources(RACES), rows()));
    }

    @Test
    void faultsAreFound() {
        List<Row> rows = rows("""
            | `Word.load`, `Word.none` | A, B | x before y | `Race.WeakenedStore`; model `ModelTest.TWIN` |
            | `Word.load` | – | x before y | `Race.WeakenedNone`, `ModelTest.NONE`, `NoTest.TWIN` |
            | `Word.load` | – | x before y | a promise |
            | `Word.load` | – | x before y | Reason: one thread |
            """);
        Map<String, String> main = Map.of(
                "Word", "volatile int load; // none\n f(); // U1 A: x; matches B\n g(); // C: z",
                "Other", "/* volatile */ int x;",
                "Fence", "VarHandle.fullFence();");
        assertEquals(List.of("Fence", "Word C"), uncovered(new TreeMap<>(main), rows));
        assertEquals(
                List.of(
                        "`Word.none` is not in the code",
                        "`Race.WeakenedNone` does not exist",
                        "`ModelTest.NONE` does not exist",
                        "`NoTest.TWIN` does not exist",
                        "neither a twin nor a reason: a promise"),
                faults(
                        main,
                        Map.of("ModelTest", "enum Twin { TWIN }"),
                        Map.of("Race", "class WeakenedStore { }"),
                        rows));
    }
}
