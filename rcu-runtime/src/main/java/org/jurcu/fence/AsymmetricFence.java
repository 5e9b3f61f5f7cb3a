package org.jurcu.fence;

import java.lang.invoke.VarHandle;

/**
 * A pair of fences for a frequent and a rare side that must not miss each other: {@link #light} on the frequent side,
 * {@link #heavy} on the rare one.
 *
 * <p>The property: of a light and a heavy fence one comes first. If the light fence does, then what its thread wrote
 * before it is seen by what the other thread reads after the heavy fence. If the heavy fence does, then what its thread
 * wrote before it is seen by what the other thread reads after the light fence. Two light fences promise nothing to each
 * other; of two heavy fences one comes first as well.
 *
 * <pre>{@code
 * // frequent side                       // rare side
 * flag = 1;      // opaque or stronger   pointer = next;
 * AsymmetricFence.light();               AsymmetricFence.heavy();
 * use(pointer);                          waitUntil(flag == 0);   // or else the frequent side sees next
 * }</pre>
 *
 * <p>The strategy is chosen once for the process, from {@code -Djurcu.fence=auto|membarrier|full}, and is a constant to
 * the JIT compiler. A strategy that is not available is an error when this class is initialized, which says why and what
 * to add to the command line.
 *
 * <ul>
 *   <li>{@code membarrier}: a light fence costs no instruction on x86-64, and a heavy one is a system call, 0.5 to 15 µs,
 *       which interrupts every processor that runs this process. Linux on x86-64 or AArch64, JDK 22 or later, and native
 *       access for the module of this class: {@code --enable-native-access=ALL-UNNAMED} when it is on the class path,
 *       {@code --enable-native-access=org.jurcu.rcu} when it is a named module. The property is that of
 *       {@code membarrier(2)}, together with what the HotSpot JVM makes of {@link VarHandle#acquireFence}; neither is in
 *       the Java memory model. {@code docs/grace-period.md} says what is relied on.
 *   <li>{@code full}: both are {@link VarHandle#fullFence()}. The property is then that of sequentially consistent
 *       fences, to which that method's specification compares itself.
 *   <li>{@code auto}, the default: {@code membarrier} where it is available and the JVM is HotSpot, {@code full} otherwise. Native access that was
 *       not granted is not asked for, so that the JVM has nothing to warn of.
 * </ul>
 *
 * <p>Progress: {@link #light} is wait-free. {@link #heavy} waits for other processors to take an interrupt, and for no
 * thread; on a virtual thread it holds the carrier that long.
 *
 * <p>Counterpart: {@code cmm_smp_mb_slave()} and {@code smp_mb_master()} of liburcu (src/urcu.c).
 */
public final class AsymmetricFence {
    private static final FenceStrategy STRATEGY = FenceStrategy.choose(System.getProperty("jurcu.fence", "auto"));
    private static final boolean ASYMMETRIC = STRATEGY.isAsymmetric();

    private AsymmetricFence() {}

    /** The fence of the frequent side. */
    public static void light() {
        if (ASYMMETRIC) {
            // Here it keeps the compiler from moving accesses across, in both directions: no more is wanted of it. By
            // its
            // specification it would not hold back the store; docs/grace-period.md section 10 has HotSpot's reasons.
            VarHandle.acquireFence();
        } else {
            VarHandle.fullFence();
        }
    }

    /**
     * The fence of the rare side. It is a full fence for its caller too.
     *
     * @throws IllegalStateException if the operating system refuses it, also after the process has registered anew: no
     *     order holds then
     */
    public static void heavy() {
        if (ASYMMETRIC) {
            Membarrier.privateExpedited();
        } else {
            VarHandle.fullFence();
        }
    }

    /**
     * Returns whether {@link #light} is cheaper than a full fence. If not, a volatile store in front of it orders as
     * much, and can be used instead.
     */
    public static boolean isAsymmetric() {
        return ASYMMETRIC;
    }

    /** Returns the name of the strategy in force, {@code "membarrier"} or {@code "full"}. */
    public static String strategy() {
        return STRATEGY.strategyName();
    }
}
