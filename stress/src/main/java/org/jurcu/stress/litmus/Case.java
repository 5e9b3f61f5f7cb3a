package org.jurcu.stress.litmus;

/**
 * What is run: a pattern in one flavour, whole or weakened.
 *
 * @param pattern which
 * @param flavour of the main domain
 * @param twin null unless the programs are weakened
 * @param frozen what the domain is without; null for the library's own
 */
record Case(Pattern pattern, Flavour flavour, Twin twin, String frozen) {
    static Case of(Pattern pattern, Flavour flavour) {
        return new Case(pattern, flavour, null, null);
    }

    static Case twin(Pattern pattern, Flavour flavour, Twin twin) {
        return new Case(pattern, flavour, twin, null);
    }

    static Case frozen(Pattern pattern, Flavour flavour, String what) {
        return new Case(pattern, flavour, null, what);
    }

    boolean isTwin() {
        return twin != null || frozen != null;
    }

    /** Returns whether the outcome should be seen, so that the run may end when it was. */
    boolean isWanted() {
        return isTwin() || pattern.expectation() == Expectation.SOMETIMES;
    }

    /** Returns what is taken away; empty for the pattern itself. */
    String weakening() {
        return twin != null ? twin.name() : frozen != null ? frozen : "";
    }

    /** Returns the pattern and the flavour. */
    String subject() {
        return flavour == Flavour.NONE ? pattern.name() : pattern.name() + "/" + flavour.label();
    }

    String name() {
        return isTwin() ? subject() + ", " + weakening() : subject();
    }

    Program program() {
        return twin == null
                ? pattern.program()
                : Program.of(twin.processes(), pattern.initially(), pattern.condition());
    }

    @Override
    public String toString() {
        return name();
    }
}
