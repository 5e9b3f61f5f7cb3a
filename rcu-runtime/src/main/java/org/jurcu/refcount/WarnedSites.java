package org.jurcu.refcount;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sites that have warned, as many as fit: generated code must not be able to fill the heap with them. */
final class WarnedSites {
    enum Verdict {
        /** Never seen: to be logged. */
        FIRST,
        /** Seen before. */
        KNOWN,
        /** The first that no longer fits: to be said once. */
        FULL,
        /** A later one that does not fit. */
        IGNORED
    }

    private final Set<Site> seen = ConcurrentHashMap.newKeySet();
    private final int limit;
    private boolean toldFull; // guarded by this

    WarnedSites(int limit) {
        this.limit = limit;
    }

    Verdict remember(Site site) {
        return seen.contains(site) ? Verdict.KNOWN : rememberNew(site);
    }

    private synchronized Verdict rememberNew(Site site) {
        if (seen.size() < limit) {
            return seen.add(site) ? Verdict.FIRST : Verdict.KNOWN;
        }
        if (seen.contains(site)) {
            return Verdict.KNOWN;
        }
        if (toldFull) {
            return Verdict.IGNORED;
        }
        toldFull = true;
        return Verdict.FULL;
    }

    synchronized void clear() {
        seen.clear();
        toldFull = false;
    }
}
