package org.jurcu.stress.campaign.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/**
 * A speed that the library has set itself.
 *
 * @param what is to be that fast, as the list of targets has it
 * @param fence the strategy that it is about, or null where it is about any
 * @param measured the figure
 * @param beside the figure of the same run that it is compared with
 * @param comparison of the two
 * @param limit how far they may be apart
 */
record Target(String what, String fence, Figure measured, Figure beside, Comparison comparison, double limit) {
    /**
     * A benchmark's figure.
     *
     * @param benchmark class and method, with the role behind a colon
     * @param parameter as {@code name=value}, or empty for none in particular
     */
    record Figure(String benchmark, String parameter) {
        static Figure of(String benchmark) {
            return new Figure(benchmark, "");
        }

        /** Returns whether JMH's {@code name} is the benchmark that gives this figure. */
        boolean isOf(String name) {
            return name.endsWith("." + benchmark.replaceFirst(":.*", ""));
        }

        Optional<BenchmarkResult> in(List<BenchmarkResult> results, String fence) {
            return results.stream()
                    .filter(r -> benchmark.equals(r.group() + "." + r.name()) && fence.equals(r.fenceOrUnknown()))
                    .filter(r -> parameter.isEmpty()
                            || r.params().entrySet().stream().anyMatch(p -> parameter.equals(p.toString())))
                    .findFirst();
        }

        /** Returns the value of the parameter, which is a number. */
        private long number() {
            return Long.parseLong(parameter.substring(parameter.indexOf('=') + 1));
        }
    }

    /** How two times make one number, and which numbers are good. */
    enum Comparison {
        /** By how many nanoseconds it takes longer. */
        DIFFERENCE("<= floor + %s ns") {
            @Override
            double of(double measured, double beside, Target target) {
                return measured - beside;
            }

            @Override
            String text(double number) {
                return (number < 0 ? "- " : "+ ") + BenchTable.figure(Math.abs(number)) + " ns";
            }
        },
        /** How many times as long it takes. */
        RATIO("<= %s x") {
            @Override
            double of(double measured, double beside, Target target) {
                return measured / beside;
            }

            @Override
            String text(double number) {
                return String.format(Locale.ROOT, "%.2f x", number);
            }
        },
        /** How many times as much two threads get done together as one alone. */
        THROUGHPUT_OF_TWO(">= %s x") {
            @Override
            double of(double measured, double beside, Target target) {
                return 2 * beside / measured;
            }

            @Override
            String text(double number) {
                return RATIO.text(number);
            }

            @Override
            boolean isMet(double number, double limit) {
                return number >= limit;
            }
        },
        /** How many times as long the other takes. */
        TIMES_FASTER(">= %s x faster") {
            @Override
            double of(double measured, double beside, Target target) {
                return beside / measured;
            }

            @Override
            String text(double number) {
                return RATIO.text(number);
            }

            @Override
            boolean isMet(double number, double limit) {
                return number >= limit;
            }
        },
        /** How many nanoseconds each of so many adds to what it takes with none. */
        NANOSECONDS_EACH("<= %s ns each") {
            @Override
            double of(double measured, double beside, Target target) {
                return (measured - beside) / target.measured.number();
            }

            @Override
            String text(double number) {
                return String.format(Locale.ROOT, "%.2f ns each", number);
            }
        };

        private final String limit;

        Comparison(String limit) {
            this.limit = limit;
        }

        abstract double of(double measured, double beside, Target target);

        abstract String text(double number);

        boolean isMet(double number, double limit) {
            return number <= limit;
        }
    }

    /** Returns the line of the table for one strategy, or nothing if this is not about it, or was not measured. */
    Optional<TargetLine> judge(List<BenchmarkResult> results, String inForce) {
        if (fence != null && !fence.equals(inForce)) {
            return Optional.empty();
        }
        Optional<BenchmarkResult> figure = measured.in(results, inForce);
        Optional<BenchmarkResult> floor = beside.in(results, inForce);
        if (figure.isEmpty() || floor.isEmpty()) {
            return Optional.empty();
        }
        double number = comparison.of(figure.get().median(), floor.get().median(), this);
        return Optional.of(new TargetLine(
                what,
                inForce,
                figure.get().median(),
                floor.get().median(),
                beside.benchmark,
                comparison.text(number),
                String.format(Locale.ROOT, comparison.limit, plain(limit)),
                comparison.isMet(number, limit)));
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }
}
