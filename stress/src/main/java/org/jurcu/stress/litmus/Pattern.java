package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One litmus test.
 *
 * @param name in the manner of the kernel's: a shape, and what stands between each process' two accesses
 * @param title what it shows, in a few words
 * @param text as written
 * @param processes the programs, line by line
 * @param initially the variable that the pointer leads to at first; null where there is no pointer
 * @param expectation of the outcome
 * @param condition which outcome that is
 * @param reason for the expectation
 * @param unseen why an allowed outcome cannot be seen, be it on x86 alone; empty if it can
 * @param unseenOnX86Only whether other processors may show it
 * @param flavours in which it is run
 * @param twins what must be caught beside it
 * @param frozen whether the flavours' frozen domains are twins too
 */
record Pattern(
        String name,
        String title,
        String text,
        List<List<String>> processes,
        String initially,
        Expectation expectation,
        Condition condition,
        String reason,
        String unseen,
        boolean unseenOnX86Only,
        Set<Flavour> flavours,
        List<Twin> twins,
        boolean frozen) {

    /** Returns whether this machine can show an allowed outcome. */
    boolean canBeSeenOn(String arch) {
        boolean x86 = arch.equals("amd64") || arch.equals("x86_64");
        return unseen.isEmpty() || (unseenOnX86Only && !x86);
    }

    Program program() {
        return Program.of(processes, initially, condition);
    }

    /** Returns the pattern in each flavour, each followed by its twins. */
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Flavour flavour : flavours) {
            cases.add(Case.of(this, flavour));
            twins.forEach(twin -> cases.add(Case.twin(this, flavour, twin)));
            if (frozen) {
                flavour.frozen().keySet().stream()
                        .sorted()
                        .forEach(what -> cases.add(Case.frozen(this, flavour, what)));
            }
        }
        return cases;
    }
}
