package org.jurcu.task;

/**
 * The addresses that the {@code rcu_head}s of {@link TaskLayout#UNION} have in the simulated kernel's direct map.
 *
 * <pre>
 *  63............32  31  30...........6  5....0
 * +----------------+---+--------------+-------+
 * | 0xffff8880     | i0| i + 1        | 0     |   of the slot with index i; i0: its lowest bit
 * +----------------+---+--------------+-------+
 * </pre>
 *
 * Bit 31 is set for every second slot, since about half of a machine's addresses have it: as a count, such an address is
 * negative. No address has a low half of 0, and none is 1 or 2, so that a compare-and-set that expects a count never
 * finds a link (ABA).
 */
final class UnionAddress {
    /** Slots that have an address. */
    static final int LIMIT = (1 << 25) - 1;

    private static final long UPPER = 0xffff_8880_0000_0000L;
    private static final int BIT_31_SHIFT = 31;
    private static final int NUMBER_SHIFT = 6;
    private static final long NUMBER_MASK = (1L << 25) - 1;

    private UnionAddress() {}

    static long of(int index) {
        return UPPER | ((index & 1L) << BIT_31_SHIFT) | ((index + 1L) << NUMBER_SHIFT);
    }

    /** The slot at that address; -1 if none can be there. */
    static int indexOf(long address) {
        int index = (int) ((address >>> NUMBER_SHIFT) & NUMBER_MASK) - 1;
        return index >= 0 && of(index) == address ? index : -1;
    }
}
