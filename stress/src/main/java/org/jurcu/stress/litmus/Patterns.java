package org.jurcu.stress.litmus;

import java.util.List;
import java.util.stream.Stream;

/** All patterns that there are, in the order in which docs/litmus.md explains them. */
final class Patterns {
    static final List<Pattern> ALL = Stream.of(
                    BarePatterns.TEXTS,
                    SectionPatterns.TEXTS,
                    TurnedPatterns.TEXTS,
                    DeferredFreePatterns.TEXTS,
                    CountingPatterns.TEXTS,
                    TwoDomainPatterns.TEXTS,
                    WaitingPatterns.TEXTS,
                    TwoUpdaterPatterns.TEXTS)
            .flatMap(List::stream)
            .map(PatternText::parse)
            .toList();

    private Patterns() {}
}
