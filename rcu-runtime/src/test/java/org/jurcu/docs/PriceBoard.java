package org.jurcu.docs;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReference;

public class PriceBoard {
    public static void main(String[] args) throws InterruptedException {
        var pool = new ConcurrentLinkedQueue<ByteBuffer>();
        try (Rcu rcu = Rcu.create("prices")) {
            var price = new RcuReference<>(ByteBuffer.allocateDirect(8).putLong(0, 41));

            Thread reader = new Thread(() -> {
                rcu.readLock();
                try {
                    System.out.println("read " + price.dereference().getLong(0)); // 41 or 42, never 0
                } finally {
                    rcu.readUnlock();
                }
            });
            reader.start();

            ByteBuffer old = price.getAndAssign(ByteBuffer.allocateDirect(8).putLong(0, 42));
            rcu.call(() -> pool.add(old.putLong(0, 0))); // when every reader that may hold it has left
            reader.join();
        } // runs the callbacks that are still queued
        System.out.println("recycled " + pool.size());
    }
}
