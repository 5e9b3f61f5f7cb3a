package org.jurcu.task;

/**
 * The kernel's circular doubly linked {@code list_head}, as a head or as a node of the task {@link #owner}.
 *
 * <p>Intrusive, so that linking a task allocates nothing. Guarded by its users' lock ({@code tasklist_lock}).
 */
final class ListHead {
    final TaskStruct owner;
    private ListHead prev = this;
    private ListHead next = this;

    ListHead(TaskStruct owner) {
        this.owner = owner;
    }

    boolean isEmpty() {
        return next == this;
    }

    /** {@code list_add_tail}: links {@code node} as this head's last. */
    void addTail(ListHead node) {
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
        prev.next = next;
        next.prev = prev;
        prev = this;
        next = this;
    }

    /** {@code list_replace_init}: puts {@code other} where this node stands. */
    void replaceBy(ListHead other) {
        if (isEmpty()) {
            return;
        }
        other.del();
        prev.next = other;
        other.prev = prev;
        next.prev = other;
        other.next = next;
        prev = this;
        next = this;
    }

    /** The first node's task, or null. */
    TaskStruct first() {
        return next == this ? null : next.owner;
    }

    /** The node after {@code node} in this list: its task, or null at the end. */
    TaskStruct after(ListHead node) {
        return node.next == this ? null : node.next.owner;
    }
}
