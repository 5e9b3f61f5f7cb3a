package org.jurcu.rcu;

import java.util.Arrays;

/** The records that the grace period in progress still waits for. Owned by the leader. */
final class Holdouts {
    private static final int FIRST_CAPACITY = 16;

    private ReaderRecord[] records = new ReaderRecord[FIRST_CAPACITY];
    private int size;

    static boolean isHoldout(long announced, long epoch) {
        return announced > 0 && announced < epoch;
    }

    void add(ReaderRecord record) {
        if (size == records.length) {
            records = Arrays.copyOf(records, size * 2);
        }
        records[size++] = record;
    }

    void clear() {
        Arrays.fill(records, 0, size, null);
        size = 0;
    }

    int size() {
        return size;
    }

    void listTo(HoldoutList list) {
        for (int i = 0; i < size; i++) {
            list.add(records[i]);
        }
    }

    /** Drops every record that has left the past or whose owner is dead, and returns whether none is left. */
    boolean poll(long epoch, ReaderRegistry registry) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            ReaderRecord record = records[i];
            // U7 E: a section's end before whatever follows the period; matches B
            long announced = record.loadVolatileAnnounced();
            if (isHoldout(announced, epoch)) {
                if (record.ownerIsDead()) {
                    registry.reclaim(record);
                } else {
                    records[kept++] = record;
                }
            }
        }
        Arrays.fill(records, kept, size, null);
        size = kept;
        return kept == 0;
    }
}
