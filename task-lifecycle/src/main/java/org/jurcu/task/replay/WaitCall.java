package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.Wait;

/**
 * A wait call that has not returned. When within it the kernel scanned the children is not recorded, so it collects
 * what a scan would have found at each moment at which that changed.
 */
final class WaitCall {
    final Actor caller;
    final Wait.WaitOpts opts;
    final boolean waitid;
    /** It named a process group, which the recording does not tell: any child will do. */
    final boolean byGroup;

    /** Switched out with nothing to report: the scan that counts comes after the next switch in. */
    boolean sleeping;

    /** What scans would have reported, each once, in the order of their moments. They are few. */
    final List<Actor> candidates = new ArrayList<>(2);

    /** A scan would have found children, but no zombie. */
    boolean sawNoZombie;
    /** A scan would have found no child. */
    boolean sawNoChild;

    /** By what number the caller knows the tracee that it has taken, as its parent's wait has shown; 0 for none. */
    int tookTracee;

    WaitCall(Actor caller, Wait.WaitOpts opts, boolean waitid, boolean byGroup) {
        this.caller = caller;
        this.opts = opts;
        this.waitid = waitid;
        this.byGroup = byGroup;
    }

    /** A scan would have reported {@code zombie}. */
    void mayReport(Actor zombie) {
        if (!candidates.contains(zombie)) {
            candidates.add(zombie);
        }
    }

    /** The caller runs again: earlier moments do not count. */
    void wake() {
        sleeping = false;
        candidates.clear();
        sawNoZombie = false;
        sawNoChild = false;
    }
}
