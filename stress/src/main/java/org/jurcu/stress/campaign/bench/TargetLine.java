package org.jurcu.stress.campaign.bench;

/**
 * What a run says about one target.
 *
 * @param what is to be that fast
 * @param fence strategy under which it was measured
 * @param measured nanoseconds, or bytes where that is the target
 * @param floor nanoseconds of what it is compared with, or null
 * @param floorName what it is compared with, empty for nothing
 * @param figure the comparison, with its unit
 * @param limit the target
 * @param met whether it was reached; a miss is no failure
 */
public record TargetLine(
        String what,
        String fence,
        double measured,
        Double floor,
        String floorName,
        String figure,
        String limit,
        boolean met) {
    /** Returns {@code met} or {@code missed}. */
    public String outcome() {
        return met ? "met" : "missed";
    }
}
