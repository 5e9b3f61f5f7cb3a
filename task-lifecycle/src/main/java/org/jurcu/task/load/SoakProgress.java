package org.jurcu.task.load;

/**
 * How far a soak is.
 *
 * @param seconds since it began
 * @param forks tasks born
 * @param frees tasks whose memory went back to the slab
 * @param slabSlots slots of the slab, free or not
 * @param heapBytes used of the heap, garbage included
 * @param sections of readers
 */
public record SoakProgress(double seconds, long forks, long frees, int slabSlots, long heapBytes, long sections) {
    /** Tasks that live or wait for their grace periods. */
    public long backlog() {
        return forks - frees;
    }
}
