package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a pattern that is written as a litmus test is: a name, the programs side by side, and what is said about them. What
 * the lines mean is told in docs/litmus.md.
 */
final class PatternText {
    private final String text;
    private final List<List<String>> processes = new ArrayList<>();
    private final List<Twin> twins = new ArrayList<>();
    private final Set<Flavour> flavours = EnumSet.complementOf(EnumSet.of(Flavour.NONE));
    private String name;
    private String title;
    private String initially;
    private Expectation expectation;
    private Condition condition;
    private String reason = "";
    private String unseen = "";
    private boolean unseenOnX86Only;
    private boolean frozen;

    private PatternText(String text) {
        this.text = text;
    }

    /**
     * Returns the pattern of {@code text}.
     *
     * @throws IllegalArgumentException if it is none, with the line at fault
     */
    static Pattern parse(String text) {
        return new PatternText(text.strip()).parse();
    }

    private Pattern parse() {
        for (String line : logicalLines()) {
            try {
                line(line);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("pattern " + name + ", line '" + line + "': " + e.getMessage(), e);
            }
        }
        if (condition == null || processes.size() < 2) {
            throw new IllegalArgumentException("pattern " + name + " has no two processes, or no never or sometimes");
        }
        Pattern pattern = new Pattern(
                name,
                title,
                text,
                processes.stream().map(List::copyOf).toList(),
                initially,
                expectation,
                condition,
                reason,
                unseen,
                unseenOnX86Only,
                flavours,
                List.copyOf(twins),
                frozen);
        pattern.program(); // or a fault would show first when it is run
        twins.forEach(twin -> Program.of(twin.processes(), initially, condition));
        return pattern;
    }

    /** Returns the lines that say something; one that is set in goes on with the one before. */
    private List<String> logicalLines() {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            boolean goesOn = line.startsWith("  ") && !line.contains("|") && !lines.isEmpty();
            if (goesOn) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.strip());
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private void line(String line) {
        if (name == null) {
            int colon = line.indexOf(": ");
            name = line.substring(0, colon);
            title = line.substring(colon + 2);
        } else if (line.contains("|")) {
            row(line.split("\\|", -1));
        } else {
            int space = line.indexOf(' ');
            String rest = line.substring(space + 1).strip();
            switch (space < 0 ? line : line.substring(0, space)) {
                case "never" -> expect(Expectation.NEVER, rest);
                case "sometimes" -> expect(Expectation.SOMETIMES, rest);
                case "because" -> reason = rest;
                case "initially" -> initially = rest.replaceFirst("^p := ", "");
                case "unseen" -> unseen(rest);
                case "flavours" -> flavours(rest);
                case "frozen" -> frozen = true;
                case "twin" -> twin(rest);
                default -> throw new IllegalArgumentException("it says nothing that is known here");
            }
        }
    }

    private void row(String[] cells) {
        for (int process = 0; process < cells.length; process++) {
            String cell = cells[process].strip();
            if (cell.matches("P\\d")) {
                processes.add(new ArrayList<>());
            } else if (!cell.isEmpty()) {
                processes.get(process).add(cell);
            }
        }
    }

    private void expect(Expectation expected, String outcome) {
        expectation = expected;
        condition = Condition.parse(outcome);
    }

    private void unseen(String rest) {
        unseenOnX86Only = rest.startsWith("on x86");
        unseen = rest.substring(rest.indexOf(": ") + 2);
    }

    private void flavours(String rest) {
        boolean not = rest.startsWith("not ");
        Set<Flavour> named = EnumSet.noneOf(Flavour.class);
        for (String label : (not ? rest.substring(4) : rest).split(" ", -1)) {
            named.add(Flavour.of(label));
        }
        if (not) {
            flavours.removeAll(named);
        } else {
            flavours.clear();
            flavours.addAll(named);
        }
    }

    private void twin(String rest) {
        int colon = rest.indexOf(": ");
        twins.add(new Twin(rest.substring(0, colon), Edit.apply(rest.substring(colon + 2), processes)));
    }
}
