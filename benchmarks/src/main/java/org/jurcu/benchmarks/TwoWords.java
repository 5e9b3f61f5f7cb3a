package org.jurcu.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Two words that belong to the measuring thread alone, on lines of their own. */
@State(Scope.Thread)
public class TwoWords {
    final PaddedCell first = new PaddedCell(0);
    final PaddedCell second = new PaddedCell(0);
}
