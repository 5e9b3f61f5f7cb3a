package org.jurcu.refcount;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Stands in for the process-wide handler while open; whoever uses it takes the resource lock {@link #LOCK}. */
final class RecordedWarnings implements RefcountWarningHandler, AutoCloseable {
    static final String LOCK = "org.jurcu.refcount.RefcountWarnings";

    record Seen(RefcountWarning warning, Object counter, int oldValue) {}

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final RefcountWarningHandler previous = RefcountWarnings.setHandler(this);

    @Override
    public void onWarning(RefcountWarning warning, Object counter, int oldValue) {
        seen.add(new Seen(warning, counter, oldValue));
    }

    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** Gives out what has been seen, and forgets it. */
    List<RefcountWarning> drainKinds() {
        synchronized (seen) {
            List<RefcountWarning> kinds = kinds();
            seen.clear();
            return kinds;
        }
    }

    List<RefcountWarning> kinds() {
        return seen().stream().map(Seen::warning).toList();
    }

    @Override
    public void close() {
        RefcountWarnings.setHandler(previous);
    }
}
