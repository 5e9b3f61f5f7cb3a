package org.jurcu.refcount;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One row of the conformance tables: from {@code start}, the good part must end at {@code beforeOp} in silence, then the
 * operation must leave {@code end}, answer {@code answer} and warn as listed.
 */
record ConformanceRow<C>(
        String name,
        int start,
        Consumer<C> goodPart,
        int beforeOp,
        Operation<C> operation,
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
    interface Operation<C> {
        Answer on(C refs);
    }

    /** A row begun; the steps below complete it. */
    record Start<C>(String name, int start, Consumer<C> goodPart, int beforeOp) {
        Start<C> good(Consumer<C> part, int value) {
            return new Start<>(name, start, part, value);
        }

        Done<C> call(Consumer<C> op) {
            return new Done<>(this, refs -> {
                op.accept(refs);
                return Answer.NONE;
            });
        }

        Done<C> ask(Predicate<C> op) {
            return new Done<>(this, refs -> Answer.of(op.test(refs)));
        }
    }

    record Done<C>(Start<C> before, Operation<C> operation) {
        ConformanceRow<C> endsAt(int end, Answer answer, RefcountWarning... warnings) {
            return new ConformanceRow<>(
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

    static <C> Start<C> row(String name, int start) {
        return new Start<>(name, start, refs -> {}, start);
    }

    @Override
    public String toString() {
        return name;
    }
}
