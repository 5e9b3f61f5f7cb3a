package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An outcome: the values of some registers, and of some variables when all is over.
 *
 * @param terms all of which must hold
 */
record Condition(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("(r\\d|[a-z]) = ([0-3]|[a-z])");

    /**
     * One register or variable.
     *
     * @param name of a register or variable
     * @param value a number, or the variable that a register points to
     */
    record Term(String name, String value) {}

    Condition {
        terms = List.copyOf(terms);
    }

    static Condition parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String term : text.split(" and ", -1)) {
            Matcher matcher = TERM.matcher(term.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + term.strip() + "' is no condition such as r0 = 1");
            }
            terms.add(new Term(matcher.group(1), matcher.group(2)));
        }
        return new Condition(terms);
    }

    @Override
    public String toString() {
        return terms.stream().map(t -> t.name() + " = " + t.value()).collect(Collectors.joining(" and "));
    }
}
