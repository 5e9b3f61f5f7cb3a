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

    /** Returns whether a JVM of that name is HotSpot, of whose compilers docs/grace-period.md section 10 shows property L. */
    static boolean isHotSpot(String vmName) {
        return vmName.contains("HotSpot") || vmName.startsWith("OpenJDK ");
    }

    /** {@code wish} is the value of {@code -Djurcu.fence}. */
    static FenceStrategy choose(String wish) {
        return choose(wish, System.getProperty("java.vm.name", ""));
    }

    /** {@code vmName} decides under {@code auto} only: who names a strategy knows the JVM. */
    static FenceStrategy choose(String wish, String vmName) {
        return switch (wish) {
            case "full" -> FULL;
            case "auto" -> isHotSpot(vmName) && Membarrier.obstacle() == null ? MEMBARRIER : FULL;
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
