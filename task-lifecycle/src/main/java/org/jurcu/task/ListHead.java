package org.jurcu.task;

/**
 * The kernel's circular doubly linked {@code list_head}, as a head or as a node of the task {@link #owner}.
 *
 * <p>Intrusive, so that linking a task allocates nothing. Guarded by tasklist_lock; a group's list of threads also by its
 * siglock, either of which is enough to read it.
 */
final class ListHead {
    final TaskStruct owner;
    private final boolean threads;
    private ListHead prev = this;
    private ListHead next = this;

    /** A node of a task, or the head of its relatives. */
    ListHead(TaskFields owner, boolean threads) {
        this.owner = (TaskStruct) owner;
        this.threads = threads;
    }

    /** {@code list_empty}. Whoever relies on the answer holds the list's lock. */
    boolean isEmpty() {
        return next == this;
    }

    /** {@code list_add_tail}: links {@code node} as this head's last. */
    void addTail(ListHead node) {
        if (Lockdep.ON) {
            node.assertWritable();
        }
        if (!node.isEmpty()) {
            throw new IllegalStateException("a node that is already linked was added: unlink it first");
        }
        ListHead last = prev;
        last.next = node;
        node.prev = last;
        node.next = this;
        prev = node;
    }

    /** {@code list_del_init}: takes this node out of its list; no effect on one that is in none. */
    void del() {
        if (Lockdep.ON) {
            assertWritable();
        }
        unlink();
    }

    private void unlink() {
        prev.next = next;
        next.prev = prev;
        prev = this;
        next = this;
    }

    /** {@code list_replace_init}: puts {@code other} where this node stands. */
    void replaceBy(ListHead other) {
        if (Lockdep.ON) {
            assertWritable();
        }
        if (isEmpty()) {
            return;
        }
        other.unlink();
        prev.next = other;
        other.prev = prev;
        next.prev = other;
        other.next = next;
        prev = this;
        next = this;
    }

    /** The first node's task, or null. */
    TaskStruct first() {
        ListHead first = next;
        if (first == this) {
            return null;
        }
        if (Lockdep.ON) {
            first.assertReadable();
        }
        return first.owner;
    }

    /** The node after {@code node} in this list: its task, or null at the end. */
    TaskStruct after(ListHead node) {
        if (Lockdep.ON) {
            node.assertReadable();
        }
        return node.next == this ? null : node.next.owner;
    }

    private void assertReadable() {
        if (threads) {
            owner.assertThreadsReadable();
        } else {
            owner.assertReadable("a list of relatives");
        }
    }

    private void assertWritable() {
        if (threads) {
            owner.assertThreadsWritable();
        } else {
            owner.assertWritable("a list of relatives");
        }
    }
}
