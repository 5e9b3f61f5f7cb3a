package org.jurcu.task;

import org.jurcu.rcu.list.RcuIntNode;

/** {@code struct upid}: a pid's number in one namespace, in that namespace's table while it is in use. */
final class Upid extends RcuIntNode {
    final Pid pid;
    PidNamespace ns;

    Upid(Pid pid) {
        super(0);
        this.pid = pid;
    }

    /** Whose number it is from now on; no table and no reader has it. */
    void init(PidNamespace of, int nr) {
        initDeleted();
        ns = of;
        setKey(nr);
    }
}
