package org.jurcu.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jurcu.rcu.RcuHead;
import org.jurcu.task.RcuUsersSlot;

/** An object that is its own callback, goes home when it is invoked, and counts its users as a task does. */
final class Recycled implements RcuHead {
    final RcuUsersSlot users;
    /** The word of the floors, beside the count as the count is beside its object. */
    final AtomicLong bare = new AtomicLong();

    private final Consumer<Recycled> home;

    Recycled(int index, Consumer<Recycled> home) {
        this.users = new RcuUsersSlot(index);
        this.home = home;
    }

    @Override
    public void invoke() {
        home.accept(this);
    }
}
