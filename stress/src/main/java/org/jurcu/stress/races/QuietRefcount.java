package org.jurcu.stress.races;

import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarnings;

/** Counters that are misused millions of times a second on purpose: their warnings go nowhere. */
final class QuietRefcount {
    static {
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {});
    }

    private QuietRefcount() {}

    static Refcount of(int n) {
        return new Refcount(n);
    }
}
