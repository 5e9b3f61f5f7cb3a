package org.jurcu.rcu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has which section of an {@link Srcu} open; kept in strict mode only. Each section then has a tag of its own, so that
 * a token is found out for certain when it is used twice, or elsewhere. Who began a section counts as inside until somebody
 * has ended it: that the token has been handed to another thread ({@code srcu_down_read()}) is nowhere to be seen.
 */
class StrictSections {
    private record Section(OwnerKey thread, String threadName, SectionEntry entry) {
        // The thread is held weakly: it may end, and its section be ended by another.
        Section() {
            this(new OwnerKey(Thread.currentThread()), Thread.currentThread().getName(), new SectionEntry());
        }
    }

    private final Map<Integer, Section> open = new ConcurrentHashMap<>();

    /** Notes a section of the calling thread and returns its token. */
    int add(int slot) {
        Section section = new Section();
        for (; ; ) {
            int token = SectionToken.newTag() | slot;
            if (open.putIfAbsent(token, section) == null) { // present only if it was open for 2^24 others
                return token;
            }
        }
    }

    /** Forgets a section, and returns false if there is none with that token. */
    boolean remove(int token) {
        return open.remove(token) != null;
    }

    boolean callerHasOne() {
        Thread caller = Thread.currentThread();
        for (Section section : open.values()) {
            if (section.thread().refersTo(caller)) {
                return true;
            }
        }
        return false;
    }

    /** Lists the sections with that index, and returns how many there are. */
    long listTo(HoldoutList list, int index) {
        long count = 0;
        for (Map.Entry<Integer, Section> entry : open.entrySet()) {
            if (SectionCounters.index(SectionToken.slot(entry.getKey())) == index) {
                Section section = entry.getValue();
                list.add(section.thread(), section.threadName(), 1, section.entry());
                count++;
            }
        }
        return count;
    }
}
