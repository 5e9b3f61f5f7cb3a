package org.jurcu.refcount;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One row of the conformance tables: from {@code start}, the good part must end at {@code beforeOp} in silence, then the
 * operation must leave {@code end}, answer {@code answer} and warn as listed.
 */
record ConformanceRow(
        String name,
        int start,
        Consumer<Refcount> goodPart,
        int beforeOp,
        Operation operation,
        int end,
        Answer answer,
        List<RefcountWarning> warnings) {

    enum Answer {
        NONE,
        FALSE,
        TRUE;

        static Answer of(boolean result) {
            return result ? TRUE : FALSE;
        }
    }

    @FunctionalInterface
    interface Operation {
        Answer on(Refcount refs);
    }

    /** A row begun; the steps below complete it. */
    record Start(String name, int start, Consumer<Refcount> goodPart, int beforeOp) {
        Start good(Consumer<Refcount> part, int value) {
            return new Start(name, start, part, value);
        }

        Done call(Consumer<Refcount> op) {
            return new Done(this, refs -> {
                op.accept(refs);
                return Answer.NONE;
            });
        }

        Done ask(Predicate<Refcount> op) {
            return new Done(this, refs -> Answer.of(op.test(refs)));
        }
    }

    record Done(Start before, Operation operation) {
        ConformanceRow endsAt(int end, Answer answer, RefcountWarning... warnings) {
            return new ConformanceRow(
                    before.name,
                    before.start,
                    before.goodPart,
                    before.beforeOp,
                    operation,
                    end,
                    answer,
                    List.of(warnings));
        }
    }

    static Start row(String name, int start) {
        return new Start(name, start, refs -> {}, start);
    }

    @Override
    public String toString() {
        return name;
    }
}
