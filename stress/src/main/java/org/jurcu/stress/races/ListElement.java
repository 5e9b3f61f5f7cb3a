package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.rcu.list.RcuListNode;

/** An element of the shipped list and of the frozen one, with contents that a reader can judge. */
final class ListElement extends RcuListNode {
    private static final VarHandle FROZEN_NEXT = Handles.of(ListElement.class, "frozenNext", ListElement.class);
    private static final VarHandle CONTENTS = Handles.of(ListElement.class, "contents", int.class);

    final int number;

    @SuppressWarnings("unused") // through FROZEN_NEXT
    private ListElement frozenNext;

    @SuppressWarnings("unused") // through CONTENTS
    private int contents;

    ListElement(int number) {
        this.number = number;
    }

    /** Writes what a reader expects to find. */
    void fill() {
        CONTENTS.setOpaque(this, 1);
    }

    /** What comes after a grace period, or too early. */
    void poison() {
        CONTENTS.setOpaque(this, 0);
    }

    boolean isWhole() {
        return (int) CONTENTS.getOpaque(this) == 1;
    }

    ListElement loadAcquireFrozenNext() {
        return (ListElement) FROZEN_NEXT.getAcquire(this);
    }

    void storeReleaseFrozenNext(ListElement next) {
        FROZEN_NEXT.setRelease(this, next);
    }
}
