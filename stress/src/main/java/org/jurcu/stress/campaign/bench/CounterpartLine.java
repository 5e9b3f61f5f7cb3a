package org.jurcu.stress.campaign.bench;

/**
 * What a run says about one counterpart; times are medians, in nanoseconds.
 *
 * @param what is compared
 * @param fence strategy under which ours was measured
 * @param ours our time
 * @param ourFloor of the same loop without protection; null where there is none
 * @param counterpart group and scenario of liburcu
 * @param theirs liburcu's time
 * @param theirFloor of the C loop without protection; null where there is none
 * @param ratio our time over theirs
 * @param figure what the target is about, and the target; empty where there is none
 * @param met whether it was reached; null where there is none
 */
public record CounterpartLine(
        String what,
        String fence,
        double ours,
        Double ourFloor,
        String counterpart,
        double theirs,
        Double theirFloor,
        double ratio,
        String figure,
        Boolean met) {
    /** Returns {@code met} or {@code missed}, or nothing where there is no target. */
    public String outcome() {
        return met == null ? "" : met ? "met" : "missed";
    }
}
