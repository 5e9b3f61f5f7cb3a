package org.jurcu.rcu.list;

import org.jurcu.rcu.RcuDomain;

/**
 * When a node was taken out of a collection, for strict mode: a collection that was told its domain then knows whether readers may
 * still stand on the node.
 */
final class Removal {
    /** As in the domains: a constant to the JIT compiler. */
    static final boolean STRICT = Boolean.getBoolean("jurcu.strict");

    private final RcuDomain domain;
    private final long cookie;

    private Removal(RcuDomain domain, long cookie) {
        this.domain = domain;
        this.cookie = cookie;
    }

    /** To be called when the node is out. Returns null if there is nothing to be known: no domain was told, or it is closed. */
    static Removal nowOrNull(RcuDomain domain) {
        if (domain == null) {
            return null;
        }
        try {
            return new Removal(domain, domain.getState());
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    /** Throws unless a grace period has elapsed since. Of a domain that was closed meanwhile nobody can tell any more. */
    void checkOver(Object node) {
        boolean over;
        try {
            over = domain.pollState(cookie);
        } catch (IllegalStateException closed) {
            return;
        }
        if (!over) {
            throw Misuse.usedAgainTooEarly(node, domain.name());
        }
    }
}
