package org.jurcu.task;

/**
 * What happened to a word of {@link TaskLayout#UNION}, told by a checker that knows, outside the word, what the word is.
 * The word itself cannot know: that is the layout's fault.
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
