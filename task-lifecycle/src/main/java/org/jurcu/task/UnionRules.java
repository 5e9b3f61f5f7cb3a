package org.jurcu.task;

import java.nio.ByteOrder;
import org.jurcu.rcu.RcuHead;
import org.jurcu.refcount.RefcountProfile;

/**
 * {@link TaskLayout#UNION}: Linux 5.4. The callback list goes through the words, and the last put frees at once.
 */
final class UnionRules extends LayoutRules implements UnionHost {
    /** More CPUs than this share their lists. */
    private static final int MAX_LISTS = 64;

    private final RefcountProfile profile;
    private final ByteOrder order;
    private final UnionCallbackList[] lists;

    /**
     * The rules.
     *
     * @param cpus how many callback lists there are; a thread always uses the same
     * @param profile which generation's refcount_t
     * @param order the machine's, which decides over which half of a link the count lies
     */
    UnionRules(Kernel kernel, int cpus, RefcountProfile profile, ByteOrder order) {
        super(kernel);
        this.profile = profile;
        this.order = order;
        lists = new UnionCallbackList[Math.min(cpus, MAX_LISTS)];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = new UnionCallbackList(this, kernel.rcu());
        }
    }

    static LayoutRules create(Kernel kernel, int cpus) {
        return new UnionRules(kernel, cpus, RefcountProfile.CURRENT, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    RcuUsers newRcuUsers(int index) {
        return new UnionRcuUsers(this, index, profile, order);
    }

    @Override
    void callRcu(TaskStruct p) {
        list().callRcu((UnionRcuUsers) p.rcuUsers, RcuUsersSlot.DELAYED_PUT_TASK_STRUCT);
    }

    /** The list of the CPU that the calling thread stands for. */
    private UnionCallbackList list() {
        return lists[(int) (Thread.currentThread().getId() % lists.length)];
    }

    @Override
    void invoke(TaskStruct p) {
        ((UnionRcuUsers) p.rcuUsers).beginInvoke();
        kernel.exit().delayedPutTaskStruct(p);
    }

    @Override
    void putLastUsage(TaskStruct p) {
        kernel.exit().lastPutTaskStruct(p);
    }

    // ---- for the words and the lists ----

    @Override
    public UnionRcuUsers slotAt(long address) {
        int index = UnionAddress.indexOf(address);
        return index < 0 || index >= kernel.slab().capacity() ? null : (UnionRcuUsers) taskAt(index).rcuUsers;
    }

    @Override
    public void invoke(UnionRcuUsers head) {
        invoke(taskAt(head.index));
    }

    @Override
    public void callTurn(RcuHead turn) {
        kernel.rcu().call(turn);
    }

    @Override
    public void damage(int index, SlotDamage damage) {
        kernel.tracepoints().damage(taskAt(index), damage);
    }

    private TaskStruct taskAt(int index) {
        return kernel.slab().slot(index);
    }
}
