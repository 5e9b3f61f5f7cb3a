package org.jurcu.rcu;

/**
 * When and where a thread began its outermost section; kept in strict mode only. It is a throwable to be the cause of a
 * misuse, so that the report of either shows it.
 */
final class SectionEntry extends Throwable {
    private static final long serialVersionUID = 1;

    final long nanoTime = System.nanoTime();

    SectionEntry() {
        super("The section began here.");
    }
}
