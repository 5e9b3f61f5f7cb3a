package org.jurcu.task;

/**
 * What happened to a word of {@link TaskLayout#UNION}, told by a checker that knows, outside the word, what the word is.
 * The word itself cannot know: that is the layout's fault.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.task.Kernel;
 * import org.jurcu.task.SlotDamage;
 * import org.jurcu.task.TaskLayout;
 * import org.jurcu.task.TaskStruct;
 * import org.jurcu.task.Tracepoints;
 *
 * public class Damage implements Tracepoints {
 *     @Override
 *     public void damage(TaskStruct task, SlotDamage damage) {
 *         System.out.println(damage.kind() + " " + damage.mode() + " " + (damage.after() - damage.before()));
 *     }
 *
 *     public static void main(String[] args) {
 *         try (Kernel kernel = Kernel.create("damage", 1, TaskLayout.UNION, new Damage())) {
 *             TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
 *             kernel.rcu().readLock();
 *             kernel.exit().doExit(task);
 *             kernel.scheduler().doTaskDead(task);
 *             kernel.waits().wait4(kernel.init(), -1, 0); // the final put: the word is a link now
 *             task.putTaskStructRcuUser(); // one too many
 *             kernel.rcu().readUnlock();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Memory effects and progress.</b> An immutable value; {@link Tracepoints#damage} says on which thread it is told. Words are the
 * 64 bits of docs/slot.md, addresses those of {@link TaskStruct#rcuHeadAddress}.
 *
 * <p>Mirrors nothing: the kernel has no such checker, and would jump to where the link leads.
 *
 * @param kind what happened
 * @param mode what the word was then
 * @param before the word before the operation; for the kinds of the list, the link that was followed
 * @param after the word after it; for the kinds of the list, the link that should have been there, 0 if none
 */
public record SlotDamage(Kind kind, Mode mode, long before, long after) {
    /** What can happen. */
    public enum Kind {
        /** A count operation changed the link of an {@code rcu_head}. */
        COUNT_OP_ON_RCU_HEAD("count op on rcu_head"),
        /** {@code inc_not_zero} answered true, or a put that it was the last, on what was no count. */
        BOGUS_SUCCESS("bogus success"),
        /** {@code call_rcu} got a head that is queued already. */
        QUEUED_TWICE("call_rcu of a queued head"),
        /**
         * The walk of the callbacks came to an address at which no queued head is. The kernel takes the bytes there for a
         * function and jumps.
         */
        LINK_INTO_NOWHERE("link into nowhere"),
        /** The callback of this task was queued and never runs. */
        LOST_CALLBACK("lost callback"),
        /** The list's length says empty and its first link does not, or the reverse: {@code rcu_do_batch} warns. */
        LENGTH_MISMATCH("callback list and its length disagree");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** {@return the name as a report prints it} */
        public String text() {
            return text;
        }
    }

    /** What a word is in truth. */
    public enum Mode {
        /** A {@code refcount_t}. */
        COUNT,
        /** An {@code rcu_head} in a callback list. */
        QUEUED,
        /** An {@code rcu_head} whose callback has begun; the stale link is still in it. */
        INVOKED,
        /** Free memory. */
        FREED
    }

    @Override
    public String toString() {
        return String.format("%s (%s, 0x%016x -> 0x%016x)", kind.text, mode, before, after);
    }
}
