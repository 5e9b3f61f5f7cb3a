package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A simulated pid namespace: gives out numbers in turn. */
final class SimNamespace {
    private static final int RESERVED_PIDS = 300;

    final SimNamespace parent;
    final int level;
    private final int end;
    private final BitSet used = new BitSet();
    private int last;

    /** Its init. */
    SimTask reaper;

    /** Tasks with a number here. */
    final List<SimTask> members = new ArrayList<>();

    SimNamespace(SimNamespace parent, int end, int last) {
        this.parent = parent;
        this.level = parent == null ? 0 : parent.level + 1;
        this.end = end;
        this.last = last;
    }

    int take() {
        int nr = used.nextClearBit(last + 1);
        if (nr >= end) {
            nr = used.nextClearBit(RESERVED_PIDS);
        }
        if (nr >= end) {
            throw new IllegalStateException("every number of the simulated machine is in use");
        }
        last = nr;
        used.set(nr);
        return nr;
    }

    /** A number of one who was there before. */
    int take(int nr) {
        used.set(nr);
        return nr;
    }

    void giveBack(int nr) {
        used.clear(nr);
    }

    boolean isWithin(SimNamespace ancestor) {
        SimNamespace ns = this;
        while (ns.level > ancestor.level) {
            ns = ns.parent;
        }
        return ns == ancestor;
    }
}
