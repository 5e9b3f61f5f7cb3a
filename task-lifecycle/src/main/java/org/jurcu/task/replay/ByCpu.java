package org.jurcu.task.replay;

import java.util.Arrays;

/** Something for each CPU, or nothing. One thread's at a time. */
final class ByCpu<T> {
    /** G1 wants a fence for each reference that is stored in an old array: after so many the array is another. */
    private static final int STORES = 256;

    private Object[] values = {};
    private int stores;

    @SuppressWarnings("unchecked") // put() stores nothing else
    T get(int cpu) {
        return cpu < values.length ? (T) values[cpu] : null;
    }

    void put(int cpu, T value) {
        if (cpu >= values.length || ++stores > STORES + values.length) {
            values = Arrays.copyOf(values, Math.max(values.length, cpu + 1));
            stores = 0;
        }
        values[cpu] = value;
    }

    T remove(int cpu) {
        T value = get(cpu);
        if (value != null) {
            values[cpu] = null;
        }
        return value;
    }
}
