package org.jurcu.task;

/**
 * Where a task keeps {@code rcu_users} and the function of its {@code rcu_head}: one subclass a layout.
 *
 * <p>Why this costs the hot path nothing: HotSpot compiles a call on an abstract class that has one loaded subclass as a
 * direct call and inlines it (class hierarchy analysis), and throws the code away if a second is loaded. Each subclass
 * therefore has its own factory, so that not even the verifier loads one of another layout: see {@link LayoutRules#of}.
 * A process that uses two layouts pays a compare of the class, one that uses three or more an indirect call.
 * {@code LayoutLoadingTest} holds it to this.
 */
abstract sealed class RcuUsers permits RcuUsersSlot, UnionRcuUsers, SeparateFuncRcuUsers {
    /** {@code refcount_set}: the task is new and not yet shared. */
    abstract void init(int users);

    /** {@code refcount_read}. */
    abstract int read();

    /** {@code refcount_inc}. */
    abstract void inc();

    /** {@code refcount_inc_not_zero}. */
    abstract boolean incNotZero();

    /** {@code refcount_dec_and_test}: true for the final put, whose caller must queue the head. */
    abstract boolean put(int func);

    /** The function of the head. */
    abstract int func();

    /** Changes the head's function from the one to the other; false if it was not that one. */
    abstract boolean changeFunc(int from, int to);

    /** The memory is about to be free: nothing but {@link #init} is right from here on. */
    abstract void free();

    /** The 64 bits that hold the count. */
    abstract long word();
}
