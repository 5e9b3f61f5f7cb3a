package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;

/** Something for each CPU, or nothing. One thread's at a time. */
final class ByCpu<T> {
    private final List<T> values = new ArrayList<>();

    T get(int cpu) {
        return cpu < values.size() ? values.get(cpu) : null;
    }

    void put(int cpu, T value) {
        while (values.size() <= cpu) {
            values.add(null);
        }
        values.set(cpu, value);
    }

    T remove(int cpu) {
        T value = get(cpu);
        if (value != null) {
            values.set(cpu, null);
        }
        return value;
    }
}
