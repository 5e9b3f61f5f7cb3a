package org.jurcu.rcu;

/** A registered reader: its padded word, and the thread that owns it. */
abstract class ReaderRecord extends TrailingReaderPad {
    static final int UNREGISTERED = -1;

    // Weak: a registry must not keep a dead thread, nor through it a class loader.
    private final OwnerKey thread;
    private final String threadName;

    /** Index in the registry; guarded by the registry's lock. */
    int slot = UNREGISTERED;

    /** Index in the registry's cache, if it is there; written by the owner. */
    int cachePlace;

    /** Written by the owner, in strict mode only; read by a leader that lists holdouts. */
    SectionEntry sectionEntry;

    ReaderRecord(Thread owner) {
        thread = new OwnerKey(owner);
        threadName = owner.getName();
    }

    /**
     * Returns whether the owner will never run again. Seeing {@code isAlive()} false orders everything that the thread
     * did before the caller (JLS 17.4.4); a cleared reference means that the collector found the thread unreachable.
     */
    final boolean ownerIsDead() {
        Thread owner = thread.get();
        return owner == null || !owner.isAlive();
    }

    /** Notes that the owner begins its outermost section here; for strict mode. */
    final void noteSectionEntry() {
        sectionEntry = new SectionEntry();
    }

    /** Forgets it when the section has ended: a stack trace keeps classes. */
    final void forgetSectionEntry() {
        sectionEntry = null;
    }

    /** Returns where the present section began; null outside, and unless in strict mode. */
    final SectionEntry sectionEntry() {
        return sectionEntry;
    }

    final boolean isOwnedBy(Thread other) {
        return thread.refersTo(other);
    }

    final OwnerKey ownerReference() {
        return thread;
    }

    /** Returns how many sections the owner has open, as far as anybody else can tell. */
    abstract int openSections();

    /** Returns what to log when the owner has died while grace periods waited for it. */
    abstract String deathReport();

    /** Returns the owner's name at registration. */
    final String ownerName() {
        return threadName;
    }
}
