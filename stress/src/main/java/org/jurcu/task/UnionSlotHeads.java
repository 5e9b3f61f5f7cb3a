package org.jurcu.task;

import java.nio.ByteOrder;
import org.jurcu.rcu.RcuHead;
import org.jurcu.refcount.RefcountProfile;

/** The kernel's own list, linked through the words. */
final class UnionSlotHeads extends SlotHeads implements UnionHost {
    private final UnionRcuUsers[] slots = new UnionRcuUsers[SlotScene.SLOTS];
    private final SlotFindings findings = new SlotFindings();
    private final UnionCallbackList list = new UnionCallbackList(this, RCU);
    private final SlotScene scene;
    private final RefcountProfile profile;

    UnionSlotHeads(SlotScene scene, RefcountProfile profile) {
        this.scene = scene;
        this.profile = profile;
    }

    RcuUsers newSlot(int index) {
        slots[index] = new UnionRcuUsers(this, index, profile, ByteOrder.LITTLE_ENDIAN);
        return slots[index];
    }

    @Override
    void callRcu(RcuUsers head) {
        list.callRcu((UnionRcuUsers) head, RcuUsersSlot.DELAYED_PUT_TASK_STRUCT);
    }

    @Override
    SlotFindings findings() {
        return findings;
    }

    @Override
    public UnionRcuUsers slotAt(long address) {
        int index = UnionAddress.indexOf(address);
        return index < 0 || index >= slots.length ? null : slots[index];
    }

    @Override
    public void invoke(UnionRcuUsers head) {
        head.beginInvoke();
        scene.ran(head.index);
        head.free();
    }

    @Override
    public void callTurn(RcuHead turn) {
        await(turn);
    }

    @Override
    public void damage(int index, SlotDamage damage) {
        findings.add(damage);
    }
}
