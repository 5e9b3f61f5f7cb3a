package org.jurcu.stress.litmus;

import java.util.List;

/**
 * A pattern with one thing taken away, whose forbidden outcome must be seen.
 *
 * @param name what is taken away
 * @param processes the programs that are left
 */
record Twin(String name, List<List<String>> processes) {
    Twin {
        processes = processes.stream().map(List::copyOf).toList();
    }
}
