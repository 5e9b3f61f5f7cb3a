package org.jurcu.fence;

/** The ways to order a frequent side against a rare side. */
enum FenceStrategy {
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
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static FenceStrategy choose(String wish) {
        return switch (wish) {
            case "auto", "full" -> FULL;
            case "membarrier" ->
                throw new UnsupportedOperationException(
                        "-Djurcu.fence=membarrier is not available: this version of Jurcu has the full fence only;"
                                + " use -Djurcu.fence=auto or full.");
            default ->
                throw new IllegalArgumentException(
                        "-Djurcu.fence=" + wish + " names no strategy: use auto, membarrier or full.");
        };
    }
}
