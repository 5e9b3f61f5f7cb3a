package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.refcount.RefcountProfile;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.task.SlotDamage.Kind;
import org.jurcu.task.SlotDamage.Mode;

/**
 * One sample of the objection to the union, on the library's words and lists, without tasks around them. B is a word with one
 * user, which a pid table leads to; X is another. Two threads meet in B:
 *
 * <pre>
 *  W, who releases                          A, who comes late
 *  unlink()       nobody finds B any more   readLock(); find()
 *  finalPut()     B's last user; call_rcu   incNotZero(), or inc()
 *  queueBehind()  X's, on the same list     readUnlock()
 *  gracePeriod()  and the callbacks         giveBack()
 * </pre>
 *
 * Instead of A there may be another W, {@link #putOrStray}. The arbiter asks what became of it, {@link #end} first. The
 * interleavings are named by their numbers in docs/objection.md: on the union by what its checker said, else by what A saw.
 */
public final class SlotScene {
    static final int SLOTS = 4;

    private static final int B = 0;
    /** The address has bit 31, so that its low half is a negative count. */
    private static final int X_BIT_31 = 1;

    private static final int X = 2;
    private static final int Y = 3;

    private static final int FUNC = RcuUsersSlot.DELAYED_PUT_TASK_STRUCT;

    /** How far W is, as far as A can tell. */
    private static final int BEFORE = 0;

    private static final int BEHIND = 1;
    private static final int FREED = 2;

    private static final VarHandle LINKED;
    private static final VarHandle PROGRESS;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            LINKED = l.findVarHandle(SlotScene.class, "linked", RcuUsers.class);
            PROGRESS = l.findVarHandle(SlotScene.class, "progress", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        SlotWarnings.take(); // they are quiet from here on
    }

    private final TaskLayout layout;
    private final RefcountProfile profile;
    private final SlotHeads heads;
    private final RcuUsers[] slots = new RcuUsers[SLOTS];
    private final boolean[] queued = new boolean[SLOTS];
    private final int[] runs = new int[SLOTS];
    private final int x;
    /** The name of a count operation on B's link while X is behind it. */
    private final String late;

    private final RcuUsers b;

    @SuppressWarnings("unused") // through LINKED
    private RcuUsers linked;

    @SuppressWarnings("unused") // through PROGRESS
    private int progress;

    // A's

    private String met = "none";
    private boolean granted;
    private boolean gaveBack;
    private RefcountWarning warning;

    // W's

    private boolean last;
    private boolean servesAgain;

    // the arbiter's

    private String end;

    private SlotScene(TaskLayout layout, RefcountProfile profile, int x, String late) {
        this.layout = layout;
        this.profile = profile;
        this.x = x;
        this.late = late;
        heads = layout == TaskLayout.UNION ? new UnionSlotHeads(this, profile) : new ApartSlotHeads(this);
        b = newSlot(B);
        newSlot(x);
        linked = b;
    }

    private RcuUsers newSlot(int index) {
        RcuUsers slot =
                switch (layout) {
                    case UNION -> ((UnionSlotHeads) heads).newSlot(index);
                    case SPLIT -> new SplitRcuUsers();
                    case TAGGED -> new RcuUsersSlot(index);
                    case PRE_UNION -> throw new IllegalArgumentException("has no rcu_users");
                };
        slot.init(1);
        slots[index] = slot;
        return slot;
    }

    /** SPLIT. */
    public static SlotScene split() {
        return new SlotScene(TaskLayout.SPLIT, RefcountProfile.CURRENT, X, "I4");
    }

    /** TAGGED. */
    public static SlotScene tagged() {
        return new SlotScene(TaskLayout.TAGGED, RefcountProfile.CURRENT, X, "I4");
    }

    /** UNION; as a count, X's address is positive. */
    public static SlotScene union() {
        return new SlotScene(TaskLayout.UNION, RefcountProfile.CURRENT, X, "I4");
    }

    /** UNION; as a count, X's address is negative. */
    public static SlotScene unionWithBit31() {
        return new SlotScene(TaskLayout.UNION, RefcountProfile.CURRENT, X_BIT_31, "I5");
    }

    /** The same with the refcount_t of 5.4. */
    public static SlotScene legacyUnionWithBit31() {
        return new SlotScene(TaskLayout.UNION, RefcountProfile.LEGACY, X_BIT_31, "I10");
    }

    // ---- W ----

    /** {@code unhash_process}: B is found no more. */
    public void unlink() {
        LINKED.setRelease(this, (RcuUsers) null);
    }

    /** {@code put_task_struct_rcu_user(B)}: the put, and call_rcu if it was the last, which it returns. */
    public boolean finalPut() {
        if (!b.put(FUNC)) {
            return false;
        }
        last = true;
        callRcu(B);
        return true;
    }

    /** The same, by one of two who each take themselves for the last: "last", or what the other one's put came to. */
    public String putOrStray() {
        SlotWarnings.take();
        if (finalPut()) {
            return "last";
        }
        return SlotWarnings.take() == RefcountWarning.SUB_UAF ? "reported" : "silent";
    }

    /** Another task's last user goes on the same CPU. */
    public void queueBehind() {
        queue(x);
        PROGRESS.setRelease(this, BEHIND);
    }

    private void queue(int index) {
        if (!slots[index].put(FUNC)) {
            throw new IllegalStateException("nobody else has a user of " + slots[index]);
        }
        callRcu(index);
    }

    private void callRcu(int index) {
        queued[index] = true;
        heads.callRcu(slots[index]);
    }

    /** A grace period, then the callbacks. */
    public void gracePeriod() {
        heads.runAfterGracePeriod();
        PROGRESS.setRelease(this, FREED);
    }

    /** B's memory, if it is free, serves another task, which has the two users of a new one. */
    public void serveAgain() {
        if (last) {
            servesAgain = true;
            b.init(2);
        }
    }

    // ---- A ----

    /** Begins a section. */
    public void readLock() {
        SlotHeads.RCU.readLock();
    }

    /** Ends it. */
    public void readUnlock() {
        SlotHeads.RCU.readUnlock();
    }

    /** Whether the table still leads to B. */
    public boolean find() {
        return LINKED.getAcquire(this) != null;
    }

    /** {@code refcount_inc_not_zero(&B->rcu_users)}, by its two steps. */
    public boolean incNotZero() {
        int before = (int) PROGRESS.getAcquire(this);
        Mode mode = b instanceof UnionRcuUsers union ? union.mode() : null;
        long seen = b.word();
        granted = incNotZero(mode, seen);
        met = granted ? grantedIn() : refusedIn(before, seen);
        return granted;
    }

    private boolean incNotZero(Mode mode, long seen) {
        if (b instanceof UnionRcuUsers union) {
            return union.incNotZero(mode, seen);
        } else if (b instanceof SplitRcuUsers split) {
            return split.incNotZero((int) seen);
        }
        return ((RcuUsersSlot) b).incNotZero(seen, RefcountWarning.ADD_NOT_ZERO_OVF);
    }

    private String grantedIn() {
        Mode bogus = heads.findings().bogus();
        if (bogus == null) {
            return "I1";
        }
        return bogus == Mode.QUEUED ? late : "I7";
    }

    private String refusedIn(int before, long seen) {
        if (seen == 1) {
            return "I2";
        }
        return before == BEFORE ? "I3" : before == BEHIND ? late : "I7";
    }

    /** {@code refcount_inc(&B->rcu_users)}, by somebody who has no user. */
    public void inc() {
        SlotWarnings.take();
        b.inc();
        warning = SlotWarnings.take();
        granted = warning == null;
        met = granted ? "I1" : profile == RefcountProfile.LEGACY ? "I10" : "I8";
    }

    /** A puts what it was granted. */
    public void giveBack() {
        gaveBack = true;
        if (b.put(FUNC)) {
            callRcu(B);
        }
    }

    // ---- the arbiter ----

    /** Waits for what is queued, then queues one more behind all. */
    public void queueAnother() {
        drain();
        newSlot(Y);
        queue(Y);
    }

    private void drain() {
        boolean more = true;
        while (more) {
            more = heads.runAfterGracePeriod();
        }
    }

    /** Lets A put what it really owns, waits for all, and says what became of the callbacks. */
    public String end() {
        if (met.equals("I1") && !last && !gaveBack) {
            giveBack();
        }
        drain();
        end = checked(fate());
        return end;
    }

    private String fate() {
        StringBuilder lost = new StringBuilder();
        for (int i = 0; i < SLOTS; i++) {
            if (runs[i] > 1) {
                return nameOf(i) + " ran twice";
            }
            if (runs[i] == 0 && (i == B || queued[i])) {
                lost.append(nameOf(i)).append(' ');
            }
        }
        return lost.isEmpty() ? "all ran" : lost + "lost";
    }

    /** What the checker of the union has to add. */
    private String checked(String fate) {
        SlotFindings findings = heads.findings();
        int lost = findings.count(Kind.LOST_CALLBACK);
        if (layout == TaskLayout.UNION && fate.endsWith("lost") != (lost == 1)) {
            return fate + ", but the checker says " + lost;
        }
        if (findings.count(Kind.QUEUED_TWICE) != 0) {
            return "queued twice";
        }
        if (layout != TaskLayout.UNION && !servesAgain && b.func() != RcuUsersSlot.FREED) {
            return fate + ", but the head is damaged";
        }
        return findings.count(Kind.LENGTH_MISMATCH) == 0 ? fate : "list damaged, then " + fate;
    }

    /** The interleaving that was met; "bogus" if A was granted what was freed under it, in none of them. */
    public String interleaving() {
        boolean lost = end.endsWith("lost");
        return switch (met) {
            case "I1" -> last && !gaveBack ? grantedAfterTheLast() : met;
            case "I4" -> granted && gaveBack && !lost ? "I6" : met;
            case "I7" -> lost ? late : met; // the walk went by between A's operation and the checker's look
            default -> met;
        };
    }

    private String grantedAfterTheLast() {
        return servesAgain && b.read() == 3 ? "I7" : "bogus";
    }

    /** What A was told by its increment. */
    public String answer() {
        return met.equals("none") ? "not found" : granted ? "granted" : "refused";
    }

    /** The warning that a plain increment of A caused, if any. */
    public String report() {
        return warning == null ? "silent" : warning.name();
    }

    // ---- the callbacks ----

    void ran(int index) {
        runs[index]++;
    }

    int indexOf(RcuUsers head) {
        int index = 0;
        while (slots[index] != head) {
            index++;
        }
        return index;
    }

    private static String nameOf(int index) {
        return index == B ? "B" : index == Y ? "Y" : "X";
    }
}
