package org.jurcu.rcu;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The readers that a grace period still waits for, as its leader lists them between two looks; another thread may then
 * read the list in peace while the readers go on. It holds threads weakly, and no reader: a stall that nobody waits for
 * any more must keep nothing alive.
 */
final class HoldoutList {
    /** How many are listed; the rest is counted. */
    static final int LONGEST = 32;

    private final List<Holdout> listed = new ArrayList<>();
    private long unlisted;
    private long unnamed;

    /** Adds a registered reader. Its owner may go on meanwhile: what is noted may be a moment old. */
    void add(ReaderRecord record) {
        add(record.ownerReference(), record.ownerName(), record.openSections(), record.sectionEntry());
    }

    /** Adds a thread that is known to have a section open; the parameters are those of {@link Holdout}. */
    void add(WeakReference<Thread> owner, String name, int nesting, SectionEntry entry) {
        if (listed.size() < LONGEST) {
            listed.add(new Holdout(owner, name, nesting, entry));
        } else {
            unlisted++;
        }
    }

    /** Adds open sections whose threads nobody knows, since a flavour only counts them. */
    void addUnnamed(long sections) {
        unnamed += sections;
    }

    List<Holdout> listed() {
        return listed;
    }

    /** Returns how many registered readers found no room. */
    long unlisted() {
        return unlisted;
    }

    long unnamed() {
        return unnamed;
    }

    long total() {
        return listed.size() + unlisted + unnamed;
    }

    /**
     * One reader.
     *
     * @param owner its owner
     * @param name its owner's name at registration
     * @param nesting how deep its sections were nested
     * @param entry where and when its outermost section began; null but in strict mode
     */
    record Holdout(WeakReference<Thread> owner, String name, int nesting, SectionEntry entry) {
        /** Returns its owner, or null if that has been collected. */
        Thread thread() {
            return owner.get();
        }
    }
}
