package org.jurcu.fence;

import java.lang.invoke.VarHandle;

/**
 * A pair of fences for a frequent and a rare side that must not miss each other: {@link #light} on the frequent side,
 * {@link #heavy} on the rare one.
 *
 * <p>The property: of a light and a heavy fence one comes first. If the light fence does, then what its thread wrote
 * before it is seen by what the other thread reads after the heavy fence. If the heavy fence does, then what its thread
 * wrote before it is seen by what the other thread reads after the light fence. Two light fences promise nothing to each
 * other.
 *
 * <pre>{@code
 * // frequent side                       // rare side
 * flag = 1;      // opaque or stronger   pointer = next;
 * AsymmetricFence.light();               AsymmetricFence.heavy();
 * use(pointer);                          waitUntil(flag == 0);   // or else the frequent side sees next
 * }</pre>
 *
 * <p>The strategy is chosen once for the process, from {@code -Djurcu.fence=auto|membarrier|full}, and is a constant to
 * the JIT compiler. A strategy that is not available is an error when this class is initialized, which says why. This
 * version knows one strategy:
 *
 * <ul>
 *   <li>{@code full}: both are {@link VarHandle#fullFence()}. The property is then that of sequentially consistent
 *       fences, to which that method's specification compares itself.
 * </ul>
 *
 * <p>Progress: wait-free. Nothing is thrown.
 *
 * <p>Counterpart: {@code cmm_smp_mb_slave()} and {@code smp_mb_master()} of liburcu (src/urcu.c).
 */
public final class AsymmetricFence {
    private static final FenceStrategy STRATEGY = FenceStrategy.choose(System.getProperty("jurcu.fence", "auto"));
    private static final boolean ASYMMETRIC = STRATEGY.isAsymmetric();

    private AsymmetricFence() {}

    /** The fence of the frequent side. */
    public static void light() {
        VarHandle.fullFence();
    }

    /** The fence of the rare side. */
    public static void heavy() {
        VarHandle.fullFence();
    }

    /**
     * Returns whether {@link #light} is cheaper than a full fence. If not, a volatile store in front of it orders as
     * much, and can be used instead.
     */
    public static boolean isAsymmetric() {
        return ASYMMETRIC;
    }

    /** Returns the name of the strategy in force, {@code "full"}. */
    public static String strategy() {
        return STRATEGY.strategyName();
    }
}
