package org.jurcu.task.load;

import java.util.List;

/**
 * What a soak found.
 *
 * @param layout how each task kept {@code rcu_users} and {@code rcu_head}
 * @param cpus threads that acted as CPUs
 * @param readers reader threads beside them
 * @param seed of the paths
 * @param forks tasks born
 * @param frees tasks whose memory went back to the slab
 * @param doubleFrees tasks freed more than once
 * @param warnings of refcount_t, of {@code __put_task_struct} and of damaged words
 * @param readerFaults times that a reader met or held a task that was freed
 * @param reapedByAnother children that were reaped by another CPU's thread than the one that forked them
 * @param sections of readers
 * @param hits sections that found a task
 * @param slabSlots slots of the slab at the end
 * @param mostBacklog most tasks that lived or waited for their grace periods, as the watcher saw it
 * @param mostHeapBytes most of the heap that was in use, as the watcher saw it
 * @param seconds of the load, without the end
 * @param perSecond lifetimes a second
 * @param faults the first of them, in sentences
 */
public record SoakReport(
        String layout,
        int cpus,
        int readers,
        long seed,
        long forks,
        long frees,
        long doubleFrees,
        long warnings,
        long readerFaults,
        long reapedByAnother,
        long sections,
        long hits,
        int slabSlots,
        long mostBacklog,
        long mostHeapBytes,
        double seconds,
        double perSecond,
        List<String> faults) {
    /** Copies the list. */
    public SoakReport {
        faults = List.copyOf(faults);
    }

    /** Whether every task that was born was freed, once, and nothing else was seen. */
    public boolean passed() {
        return forks == frees && doubleFrees == 0 && warnings == 0 && readerFaults == 0 && faults.isEmpty();
    }
}
