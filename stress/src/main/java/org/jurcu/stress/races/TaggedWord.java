package org.jurcu.stress.races;

import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.RcuUsersSlot;

/** The library's slot as the tests set it up and look at it afterwards. */
final class TaggedWord {
    private static final int INDEX = 0x234_5678;
    private static final String INTACT_HEAD = "HEAD func " + RcuUsersSlot.DELAYED_PUT_TASK_STRUCT + " index " + INDEX
            + " low 0x" + Integer.toHexString(Refcount.SATURATED);

    static {
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {}); // misused on purpose
    }

    private TaggedWord() {}

    static RcuUsersSlot withOneUser() {
        RcuUsersSlot slot = new RcuUsersSlot(INDEX);
        slot.init(1);
        return slot;
    }

    static boolean hasOneUser(RcuUsersSlot slot) {
        return !slot.isHead() && slot.read() == 1;
    }

    /** Whether function, index and the resting place of the count are what the final put stored. */
    static boolean isIntactHead(RcuUsersSlot slot) {
        return slot.isHead() && slot.toString().equals(INTACT_HEAD);
    }
}
