package org.jurcu.refcount;

/** Lets a test hold a thread between the operation that made a counter bad and the store that saturates it. */
@FunctionalInterface
interface RepairSeam {
    void betweenActAndRepair(Refcount counter, RefcountWarning kind, int oldValue);
}
