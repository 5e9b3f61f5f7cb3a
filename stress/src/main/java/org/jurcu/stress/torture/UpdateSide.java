package org.jurcu.stress.torture;

import java.time.Duration;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;

/** What updaters ask a domain for. The busted flavours override a method each; the domains themselves are sealed. */
class UpdateSide {
    private final RcuDomain domain;

    UpdateSide(RcuDomain domain) {
        this.domain = domain;
    }

    void synchronize() {
        domain.synchronize();
    }

    boolean synchronize(Duration timeout) {
        return domain.synchronize(timeout);
    }

    void synchronizeExpedited() {
        domain.synchronizeExpedited();
    }

    void call(RcuHead head) {
        domain.call(head);
    }

    void barrier() {
        domain.barrier();
    }

    long getState() {
        return domain.getState();
    }

    long startPoll() {
        return domain.startPoll();
    }

    boolean pollState(long cookie) {
        return domain.pollState(cookie);
    }

    void condSynchronize(long cookie) {
        domain.condSynchronize(cookie);
    }
}
