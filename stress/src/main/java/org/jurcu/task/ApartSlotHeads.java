package org.jurcu.task;

/** Heads whose links are not in the words, as those of a domain's queue: the layouts SPLIT and TAGGED. */
final class ApartSlotHeads extends SlotHeads {
    private final SlotFindings none = new SlotFindings();
    private final SlotScene scene;

    ApartSlotHeads(SlotScene scene) {
        this.scene = scene;
    }

    @Override
    void callRcu(RcuUsers head) {
        await(() -> invoke(head));
    }

    /** As {@link LayoutRules#invoke}, both callbacks in one: whatever is wrong with the head stops it. */
    private void invoke(RcuUsers head) {
        boolean intact = head.func() == RcuUsersSlot.DELAYED_PUT_TASK_STRUCT
                && head.changeFunc(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT, RcuUsersSlot.NOT_QUEUED)
                && head.changeFunc(RcuUsersSlot.NOT_QUEUED, RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB);
        if (!intact) {
            throw new IllegalStateException("a head is damaged: " + head);
        }
        scene.ran(scene.indexOf(head));
        head.free();
    }

    @Override
    SlotFindings findings() {
        return none;
    }
}
