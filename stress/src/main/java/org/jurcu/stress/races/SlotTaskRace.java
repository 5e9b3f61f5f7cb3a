package org.jurcu.stress.races;

import static org.jurcu.stress.races.SlotLateIncrement.bit;

import org.jurcu.task.TaskStruct;
import org.openjdk.jcstress.infra.results.III_Result;

/** The race about {@code rcu_users} of a whole task, which was reaped while it ran: the same on each layout. */
abstract class SlotTaskRace {
    private final ShippedKernel kernel;
    private final TaskStruct task;
    private final int generation;

    SlotTaskRace(ShippedKernel kernel) {
        this.kernel = kernel;
        task = kernel.reapedWhileRunning();
        generation = task.generation();
    }

    /** A reader, in a section, wants a user; r1: whether it got one. */
    final void incNotZero(III_Result r) {
        kernel.kernel().rcu().readLock();
        r.r1 = bit(task.tryGetTaskStructRcuUser());
        kernel.kernel().rcu().readUnlock();
    }

    /** The last switch: the scheduler's user goes, the last one. */
    final void switchAway() {
        kernel.switchAway(task);
    }

    /** Whether the put was the last (r2) and the head is as its owner left it (r3); gives back what the reader got. */
    final void tell(III_Result r) {
        int users = task.rcuUsers();
        boolean freed = task.generation() != generation; // read last: the slot may serve another task by now
        r.r2 = bit(freed || users == 0);
        r.r3 = bit(freed || users <= 1); // a damaged head would have stopped the callback with an exception
        if (r.r1 == 1 && r.r2 == 0) {
            task.putTaskStructRcuUser();
        }
    }
}
