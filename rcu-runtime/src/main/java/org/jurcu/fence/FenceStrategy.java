package org.jurcu.fence;

import java.util.Locale;

/** The ways to order a frequent side against a rare side. */
enum FenceStrategy {
    /** The rare side has the operating system issue a fence on every processor that runs the process. */
    MEMBARRIER(true),
    /** Both sides issue a full fence. */
    FULL(false);

    private final boolean asymmetric;

    FenceStrategy(boolean asymmetric) {
        this.asymmetric = asymmetric;
    }

    boolean isAsymmetric() {
        return asymmetric;
    }

    String strategyName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code wish} is the value of {@code -Djurcu.fence}. */
    static FenceStrategy choose(String wish) {
        return switch (wish) {
            case "full" -> FULL;
            case "auto" -> Membarrier.obstacle() == null ? MEMBARRIER : FULL;
            case "membarrier" -> {
                String obstacle = Membarrier.obstacle();
                if (obstacle != null) {
                    throw new UnsupportedOperationException(
                            "-Djurcu.fence=membarrier is not available: " + obstacle + ", or use -Djurcu.fence=auto.");
                }
                yield MEMBARRIER;
            }
            default ->
                throw new IllegalArgumentException(
                        "-Djurcu.fence=" + wish + " names no strategy: use auto, membarrier or full.");
        };
    }
}
