package org.jurcu.stress.races;

import org.jurcu.rcu.RcuHead;

/** What a test body needs of RCU, so that the shipped domain and the frozen twins run under the very same body. */
public interface GraceDomain {
    void readLock();

    void readUnlock();

    void synchronize();

    void call(RcuHead head);

    void barrier();
}
