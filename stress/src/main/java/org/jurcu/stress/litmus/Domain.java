package org.jurcu.stress.litmus;

import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;

/** What the programs wait for: a domain of the library, or a frozen one. */
interface Domain extends AutoCloseable {
    /** Returns the calling thread's way in. */
    Sections sections();

    void synchronize();

    void call(RcuHead head);

    void barrier();

    /** Returns the library's domain, for all else that it can do. */
    RcuDomain shipped();

    @Override
    void close();
}
