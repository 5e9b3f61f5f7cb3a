package org.jurcu.rcu;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;

/** A thread that is registered with a {@link Qsbr}, and does with its reader what a test tells it. */
final class OnlineThread {
    /** What to do. */
    interface Order {
        void carryOut(QsbrReader reader) throws Exception;
    }

    private static final Order END = reader -> {};

    private final BlockingQueue<Order> orders = new SynchronousQueue<>();
    private final BlockingQueue<Object> outcomes = new ArrayBlockingQueue<>(1);
    private final TestThread<Void> thread;

    OnlineThread(Qsbr qsbr) throws Exception {
        thread = TestThread.startAction(() -> {
            QsbrReader reader = qsbr.register();
            for (Order order = orders.take(); order != END; order = orders.take()) {
                try {
                    order.carryOut(reader);
                    outcomes.add("done");
                } catch (Throwable e) {
                    outcomes.add(e);
                }
            }
            reader.close();
        });
        tell(reader -> {}); // registered by now
    }

    Thread thread() {
        return thread.thread();
    }

    /** Has it done, and returns when it is. */
    void tell(Order order) throws Exception {
        begin(order);
        Object outcome = outcomes.take();
        if (outcome instanceof Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Has it begun, and does not wait. */
    void begin(Order order) throws InterruptedException {
        orders.put(order);
    }

    /** Lets the thread close its reader and end. */
    void end() throws Exception {
        orders.put(END);
        thread.result();
    }
}
