package org.jurcu.task;

import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/** The refcount warnings of each thread, which are misuse on purpose: kept for the test, and said to nobody. */
final class SlotWarnings {
    private static final ThreadLocal<RefcountWarning[]> LAST = ThreadLocal.withInitial(() -> new RefcountWarning[1]);

    static {
        RefcountWarnings.setHandler((warning, counter, oldValue) -> LAST.get()[0] = warning);
    }

    private SlotWarnings() {}

    /** The last one of this thread since it asked, or null. */
    static RefcountWarning take() {
        RefcountWarning[] last = LAST.get();
        RefcountWarning taken = last[0];
        last[0] = null;
        return taken;
    }
}
