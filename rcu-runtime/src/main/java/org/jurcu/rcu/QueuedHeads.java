package org.jurcu.rcu;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The heads that are queued in a domain, for strict mode: the kernel's {@code CONFIG_DEBUG_OBJECTS_RCU_HEAD}.
 *
 * <p>A head leaves before it is invoked, and so may be queued again by its own callback.
 */
final class QueuedHeads {
    private final String domain;
    private final Set<RcuHead> heads = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    QueuedHeads(String domain) {
        this.domain = domain;
    }

    void enter(RcuHead head) {
        if (!heads.add(head)) {
            throw Misuse.alreadyQueued(domain, head);
        }
    }

    void leave(RcuHead head) {
        heads.remove(head);
    }
}
