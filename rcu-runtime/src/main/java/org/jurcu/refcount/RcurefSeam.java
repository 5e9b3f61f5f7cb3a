package org.jurcu.refcount;

/** Lets a test hold a thread between a decrement or increment that left the live zone and what the operation does about it. */
@FunctionalInterface
interface RcurefSeam {
    void betweenActAndSettle(Rcuref counter);
}
