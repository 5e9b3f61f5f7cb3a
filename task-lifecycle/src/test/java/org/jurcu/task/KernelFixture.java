package org.jurcu.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A kernel of two CPUs whose tracepoints are written down. */
abstract class KernelFixture {
    final List<String> sigchlds = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> freed = Collections.synchronizedList(new ArrayList<>());
    final List<String> troubles = Collections.synchronizedList(new ArrayList<>());

    /** On {@link TaskLayout#PRE_UNION}: whose release has queued its put, and of those, whose put has run. */
    final Set<TaskStruct> released = ConcurrentHashMap.newKeySet();

    final Set<TaskStruct> delayedPutDone = ConcurrentHashMap.newKeySet();

    // What a test does in between, on whatever thread.
    volatile Consumer<TaskStruct> onDelayedPut = task -> {};
    volatile Consumer<TaskStruct> onCallRcu = task -> {};

    final Tracepoints tracepoints = new Tracepoints() {
        @Override
        public void callRcu(TaskStruct task) {
            released.add(task);
            onCallRcu.accept(task);
        }

        @Override
        public void schedProcessFree(TaskStruct task) {
            freed.add(task.pid());
            onDelayedPut.accept(task);
            delayedPutDone.add(task);
        }

        @Override
        public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
            sigchlds.add(current.pid() + ":" + child.pid() + (sent ? "->" : "-|") + parent.pid());
        }

        @Override
        public void doubleFree(TaskStruct task) {
            troubles.add("double free of slot " + task.index);
        }

        @Override
        public void damage(TaskStruct task, SlotDamage damage) {
            troubles.add(damage.toString());
        }

        @Override
        public void warn(TaskStruct task, String what) {
            troubles.add(what);
        }
    };

    final Kernel kernel;
    final TaskStruct init;

    KernelFixture() {
        kernel = newKernel();
        init = kernel.init();
    }

    /** Asked by the constructor. */
    Kernel newKernel() {
        return Kernel.create("test", 2, layout(), tracepoints);
    }

    /** Asked by the constructor. */
    TaskLayout layout() {
        return TaskLayout.TAGGED;
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    TaskStruct fork(TaskStruct parent) {
        return kernel.fork().copyProcess(parent, 0);
    }

    TaskStruct thread(TaskStruct of) {
        return kernel.fork().copyProcess(of, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND);
    }

    void exit(TaskStruct task) {
        kernel.exit().doExit(task);
    }

    void lastSwitch(TaskStruct task) {
        kernel.scheduler().doTaskDead(task);
    }

    /** Exit and last switch. */
    void die(TaskStruct task) {
        exit(task);
        lastSwitch(task);
    }

    int wait(TaskStruct parent) {
        return kernel.waits().wait4(parent, -1, Wait.WNOHANG);
    }

    /** All grace periods of a task's end, both of them. */
    void graceperiods() {
        kernel.rcu().barrier();
        kernel.rcu().barrier();
    }
}
